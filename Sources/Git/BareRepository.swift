import CLibGit2
import Diagnostics
import Platform

/// A repository without a work tree that is Spaceform's own: objects are read and written through libgit2.
///
/// Safe to share: one thread at a time uses libgit2's handle.
public final class BareRepository: Sendable {
  public let path: String
  private let repository: LibGit2Repository

  /// Makes one.
  /// - Parameter path: a folder that is not there yet, in one that is.
  public init(making path: String) throws(Failure) {
    let doing = "making the repository \(path)"
    if let problem = LibGit2.problem {
      throw Failure(
        doing: "starting libgit2", problem: problem, help: "Install the libgit2 package of this system anew.")
    }
    var opened: OpaquePointer?
    let status = git_repository_init(&opened, path, 1)
    guard status == 0, let opened else {
      throw Failure(
        doing: doing, problem: LibGit2.lastError(status),
        help: "Check that there is room on the disk and that the folder may be written to.")
    }
    self.path = path
    repository = LibGit2Repository(owning: opened)
  }

  /// A commit, as far as it is read here.
  public struct Commit: Hashable, Sendable {
    public var id: String
    /// As the commit names them; in a shallow repository they need not be here.
    public var parents: [String]
    public var message: String
  }

  /// A commit that is to be written.
  public struct Draft: Sendable {
    /// Full ids; each has to be here.
    public var parents: [String]
    /// The commit whose files it starts from; nil for none.
    public var base: String?
    /// Whole files by their paths; nil takes one away, if it is there.
    public var files: [String: [UInt8]?]
    public var message: String
    public var author: GitIdentity

    public init(parents: [String], base: String?, files: [String: [UInt8]?], message: String, author: GitIdentity) {
      self.parents = parents
      self.base = base
      self.files = files
      self.message = message
      self.author = author
    }
  }

  /// - Parameter id: the full id of a commit that is here.
  public func commit(_ id: String) throws(Failure) -> Commit {
    try using("reading the commit \(id)") { call throws(Failure) in
      let commit = try call.lookUp(id)
      defer { git_commit_free(commit) }
      let parents = (0..<git_commit_parentcount(commit)).compactMap { number in
        git_commit_parent_id(commit, number).map { LibGit2.text($0) }
      }
      return Commit(id: id, parents: parents, message: git_commit_message(commit).map { String(cString: $0) } ?? "")
    }
  }

  /// Whether a commit is here.
  public func has(_ id: String) -> Bool { (try? commit(id)) != nil }

  /// The bytes of a file of a commit; nil when the commit does not have it.
  public func file(_ path: String, of id: String) throws(Failure) -> [UInt8]? {
    try using("reading \(path) of the commit \(id)") { call throws(Failure) in
      let commit = try call.lookUp(id)
      defer { git_commit_free(commit) }
      var tree: OpaquePointer?
      try call.check(git_commit_tree(&tree, commit))
      defer { git_tree_free(tree) }
      var entry: OpaquePointer?
      let status = git_tree_entry_bypath(&entry, tree, path)
      if status == GIT_ENOTFOUND.rawValue { return nil }
      try call.check(status)
      defer { git_tree_entry_free(entry) }
      guard git_tree_entry_type(entry) == GIT_OBJECT_BLOB else { return nil }
      var blob: OpaquePointer?
      try call.check(git_blob_lookup(&blob, call.handle, git_tree_entry_id(entry)))
      defer { git_blob_free(blob) }
      return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
  }

  /// The names of the folders in a folder of a commit; none when the commit does not have it.
  public func folders(in path: String, of id: String) throws(Failure) -> [String] {
    try using("reading \(path) of the commit \(id)") { call throws(Failure) in
      let root = try call.tree(of: id)
      defer { git_tree_free(root) }
      var entry: OpaquePointer?
      let status = git_tree_entry_bypath(&entry, root, path)
      if status == GIT_ENOTFOUND.rawValue { return [] }
      try call.check(status)
      defer { git_tree_entry_free(entry) }
      guard git_tree_entry_type(entry) == GIT_OBJECT_TREE else { return [] }
      var folder: OpaquePointer?
      try call.check(git_tree_lookup(&folder, call.handle, git_tree_entry_id(entry)))
      defer { git_tree_free(folder) }
      return (0..<git_tree_entrycount(folder)).compactMap { number in
        guard let child = git_tree_entry_byindex(folder, number), git_tree_entry_type(child) == GIT_OBJECT_TREE else {
          return nil
        }
        return git_tree_entry_name(child).map { String(cString: $0) }
      }
    }
  }

  /// Writes a commit and what it needs, and gives its full id. No reference names it.
  public func write(_ draft: Draft) throws(Failure) -> String {
    try using("writing a commit of the state") { call throws(Failure) in
      let base = try call.tree(of: draft.base)
      defer { git_tree_free(base) }
      var updates = try call.updates(draft.files, on: base)
      defer { updates.forEach { free(UnsafeMutablePointer(mutating: $0.path)) } }
      var treeID = git_oid()
      try call.check(git_tree_create_updated(&treeID, call.handle, base, updates.count, &updates))
      var tree: OpaquePointer?
      try call.check(git_tree_lookup(&tree, call.handle, &treeID))
      defer { git_tree_free(tree) }
      var parents: [OpaquePointer?] = []
      defer { parents.forEach { git_commit_free($0) } }
      for parent in draft.parents { parents.append(try call.lookUp(parent)) }
      var signature: UnsafeMutablePointer<git_signature>?
      try call.check(git_signature_now(&signature, draft.author.name, draft.author.email))
      defer { git_signature_free(signature) }
      var id = git_oid()
      try call.check(
        git_commit_create(&id, call.handle, nil, signature, signature, nil, draft.message, tree, parents.count, &parents))
      return LibGit2.text(&id)
    }
  }

  private func using<Result>(
    _ doing: String, _ body: (LibGit2Call) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try repository.withHandle { handle throws(Failure) in
      try body(LibGit2Call(handle: handle, doing: doing))
    }
  }
}
