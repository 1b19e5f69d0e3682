import CLibGit2
import Diagnostics
import Platform

/// Calls of libgit2 for one purpose, with failures that name it.
struct LibGit2Call {
  let handle: OpaquePointer
  let doing: String

  func check(_ status: Int32) throws(Failure) {
    guard status < 0 else { return }
    throw Failure(
      doing: doing, problem: LibGit2.lastError(status),
      help: "Check that there is room on the disk, and run the command again.")
  }

  func lookUp(_ id: String) throws(Failure) -> OpaquePointer? {
    var oid = git_oid()
    try check(git_oid_fromstr(&oid, id))
    var commit: OpaquePointer?
    try check(git_commit_lookup(&commit, handle, &oid))
    return commit
  }

  /// A commit's tree, or the empty one.
  func tree(of id: String?) throws(Failure) -> OpaquePointer? {
    var tree: OpaquePointer?
    if let id {
      let commit = try lookUp(id)
      defer { git_commit_free(commit) }
      try check(git_commit_tree(&tree, commit))
      return tree
    }
    var builder: OpaquePointer?
    try check(git_treebuilder_new(&builder, handle, nil))
    defer { git_treebuilder_free(builder) }
    var oid = git_oid()
    try check(git_treebuilder_write(&oid, builder))
    try check(git_tree_lookup(&tree, handle, &oid))
    return tree
  }

  /// - Returns: updates whose paths the caller frees.
  func updates(_ files: [String: [UInt8]?], on base: OpaquePointer?) throws(Failure) -> [git_tree_update] {
    var updates: [git_tree_update] = []
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      var update = git_tree_update()
      if let bytes {
        update.action = GIT_TREE_UPDATE_UPSERT
        update.filemode = GIT_FILEMODE_BLOB
        try check(bytes.withUnsafeBytes { git_blob_create_from_buffer(&update.id, handle, $0.baseAddress, $0.count) })
      } else {
        var entry: OpaquePointer?
        guard git_tree_entry_bypath(&entry, base, path) == 0 else { continue }
        git_tree_entry_free(entry)
        update.action = GIT_TREE_UPDATE_REMOVE
      }
      update.path = strdup(path).map { UnsafePointer($0) }
      updates.append(update)
    }
    return updates
  }
}
