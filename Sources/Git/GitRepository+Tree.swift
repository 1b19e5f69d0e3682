import CLibGit2
import Diagnostics
import Files

extension GitRepository {
  /// The files of a commit below a folder of the repository, with paths relative to that folder. Empty when the commit does not have
  /// the folder.
  /// - Parameter commit: the full id of a commit, or of a tree.
  func treeEntries(commit: String, under folder: String) throws(Failure) -> [GitEntry] {
    if let entries = readTree(commit, folder) { return entries }
    return try listTree(commit, folder)
  }

  private func readTree(_ commit: String, _ folder: String) -> [GitEntry]? {
    withHandle { handle -> [GitEntry]? in
      var object: OpaquePointer?
      guard git_revparse_single(&object, handle, commit + "^{tree}") == 0, let root = object else { return nil }
      defer { git_object_free(root) }
      var entries: [GitEntry] = []
      if folder == "." {
        return GitRepository.collect(root, prefix: "", handle, into: &entries) ? entries : nil
      }
      var entry: OpaquePointer?
      let status = git_tree_entry_bypath(&entry, root, folder)
      if status == GIT_ENOTFOUND.rawValue { return [] }
      guard status == 0, let entry else { return nil }
      defer { git_tree_entry_free(entry) }
      guard git_tree_entry_type(entry) == GIT_OBJECT_TREE else { return [] }
      var subtree: OpaquePointer?
      guard git_tree_lookup(&subtree, handle, git_tree_entry_id(entry)) == 0, let subtree else { return nil }
      defer { git_tree_free(subtree) }
      return GitRepository.collect(subtree, prefix: "", handle, into: &entries) ? entries : nil
    }.flatMap(\.self)
  }

  /// False when an object is missing, as in a partial clone.
  private static func collect(
    _ tree: OpaquePointer, prefix: String, _ handle: OpaquePointer, into entries: inout [GitEntry]
  ) -> Bool {
    for number in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, number), let name = git_tree_entry_name(entry),
        let id = git_tree_entry_id(entry)
      else { return false }
      let part = PathText(cString: name)
      let path = prefix + part.text
      if git_tree_entry_type(entry) == GIT_OBJECT_TREE {
        var subtree: OpaquePointer?
        guard git_tree_lookup(&subtree, handle, id) == 0, let subtree else { return false }
        defer { git_tree_free(subtree) }
        let first = entries.count
        guard collect(subtree, prefix: path + "/", handle, into: &entries) else { return false }
        if !part.isExact { for index in entries.indices[first...] { entries[index].isMisnamed = true } }
      } else if let kind = GitEntry.Kind(mode: UInt32(git_tree_entry_filemode(entry).rawValue)) {
        entries.append(GitEntry(path: path, kind: kind, id: LibGit2.text(id), isMisnamed: !part.isExact))
      }
    }
    return true
  }

  private func listTree(_ commit: String, _ folder: String) throws(Failure) -> [GitEntry] {
    let doing = "listing the files of \(commit)"
    var tree = commit + "^{tree}"
    if folder != "." {
      tree = commit + ":" + folder
      let kind = try program.run(["cat-file", "-t", tree], doing: doing)
      guard kind.status == 0, GitRepository.line(kind.bytes) == "tree" else { return [] }
    }
    return try program.rawFields(["ls-tree", "-r", "-z", "--full-tree", tree], doing: doing)
      .compactMap { GitRepository.entry($0)?.entry }
  }
}
