import CLibGit2
import Diagnostics
import Files
import Locking
import Platform

/// A git repository with a work tree, read through libgit2; where libgit2 1.5 cannot (an index or a repository format it does not know,
/// an object that a partial clone has yet to fetch), through the git program. It never answers "nothing" for "could not read".
///
/// Safe to share: one thread at a time uses libgit2's handle.
public final class GitRepository: Sendable {
  /// The top of the work tree: absolute, links followed.
  public let workDirectory: String
  /// The repository's folder; of a linked work tree its own one.
  public let gitDirectory: String
  /// The folder that linked work trees share: objects, LFS store, configuration.
  public let commonDirectory: String
  /// The git program in this repository, with an environment that names it.
  public let program: GitProgram
  /// `GIT_INDEX_FILE` when it is about this repository.
  let indexFile: String?

  /// Nil where libgit2 could not open it.
  private let opened: LibGit2Repository?
  /// Known after the first question.
  private let largeFileFolder = Locked<String?>(nil)

  init(
    handle: OpaquePointer?, workDirectory: String, gitDirectory: String, commonDirectory: String, indexFile: String?,
    environment: [String: String]
  ) {
    opened = handle.map { LibGit2Repository(owning: $0) }
    self.workDirectory = workDirectory
    self.gitDirectory = gitDirectory
    self.commonDirectory = commonDirectory
    self.indexFile = indexFile
    program = GitProgram(folder: workDirectory, environment: environment)
  }

  /// Runs with libgit2's handle, alone; nil when libgit2 could not open this repository.
  func withHandle<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
    opened?.withHandle(body)
  }

  /// A folder as seen from the top of the work tree, `.` for the top. Fails when it is not inside.
  public func path(of folder: String) throws(Failure) -> String {
    guard let real = Posix.realPath(folder) else {
      throw Failure(
        doing: "opening \(folder)", problem: "there is no such folder",
        help: "Run the command in the folder of spaceform.yaml, or name it with -C.")
    }
    if real == workDirectory { return "." }
    let top = workDirectory == "/" ? "/" : workDirectory + "/"
    guard real.utf8.starts(with: top.utf8) else {
      throw Failure(
        doing: "opening \(folder)", problem: "it is not inside the work tree \(workDirectory)",
        help: "Run the command inside that work tree, or unset GIT_DIR and GIT_WORK_TREE.")
    }
    return String(decoding: real.utf8.dropFirst(top.utf8.count), as: UTF8.self)
  }

  /// The commit that is checked out; nil before the first commit.
  public func headRevision() throws(Failure) -> String? {
    let answer = withHandle { handle -> (status: Int32, id: String) in
      var id = git_oid()
      let status = git_reference_name_to_id(&id, handle, "HEAD")
      return (status, status == 0 ? LibGit2.text(&id) : "")
    }
    if let answer, answer.status == 0 { return answer.id }
    let output = try program.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], doing: "reading the current commit")
    return output.status == 0 ? GitRepository.line(output.bytes) : nil
  }

  /// The full id of the commit a revision names: a branch, a tag, a short id, `HEAD~2`.
  public func commitID(of revision: String) throws(Failure) -> String {
    let found = withHandle { handle -> String? in
      var object: OpaquePointer?
      guard git_revparse_single(&object, handle, revision + "^{commit}") == 0, let object else { return nil }
      defer { git_object_free(object) }
      return git_object_id(object).map { LibGit2.text($0) }
    }
    if let found = found.flatMap(\.self) { return found }
    let output = try program.run(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"],
      doing: "finding the revision \(revision)")
    guard output.status == 0 else {
      throw Failure(
        doing: "finding the revision \(revision)", problem: "the repository has no such commit",
        help: "Check the name; in a shallow clone, fetch the commit first: `git fetch origin \(revision)`.")
    }
    return GitRepository.line(output.bytes)
  }

  /// Whether anything below a folder of the work tree differs from the current commit: staged, not staged, or untracked and not
  /// ignored. Asked of git itself, because libgit2 takes files that pass through a filter (git-lfs) for changed.
  /// - Parameters:
  ///   - folder: relative to the top of the work tree.
  ///   - patterns: of paths that do not count, as git's globs.
  public func hasUncommittedChanges(under folder: String = ".", except patterns: [String] = []) throws(Failure) -> Bool {
    let paths = (folder == "." ? [] : [":(literal)" + folder]) + patterns.map { ":(exclude,glob)" + $0 }
    return try !program.output(
      ["status", "--porcelain", "-z", "--untracked-files=normal", "--"] + paths,
      doing: "looking for uncommitted changes in \(folder == "." ? workDirectory : folder)"
    ).isEmpty
  }

  /// A blob's bytes. Fails when the repository does not have it and git cannot fetch it.
  func blob(_ id: String, of path: String) throws(Failure) -> [UInt8] {
    let found = withHandle { handle -> [UInt8]? in
      var oid = git_oid()
      guard git_oid_fromstr(&oid, id) == 0 else { return nil }
      var blob: OpaquePointer?
      guard git_blob_lookup(&blob, handle, &oid) == 0, let blob else { return nil }
      defer { git_blob_free(blob) }
      return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
    if let found = found.flatMap(\.self) { return found }
    return try program.output(["cat-file", "blob", id], doing: "reading \(path) from git")
  }

  /// A blob's size without reading it; nil where that cannot be told here.
  func blobSize(_ id: String) -> Int? {
    withHandle { handle -> Int? in
      var oid = git_oid()
      guard git_oid_fromstr(&oid, id) == 0 else { return nil }
      var objects: OpaquePointer?
      guard git_repository_odb(&objects, handle) == 0, let objects else { return nil }
      defer { git_odb_free(objects) }
      var size = 0
      var kind = GIT_OBJECT_ANY
      return git_odb_read_header(&size, &kind, objects, &oid) == 0 ? size : nil
    }.flatMap(\.self)
  }

  /// Where git-lfs keeps the object with this SHA-256; nil when it is not here. The place is `lfs.storage` of the configuration,
  /// else `lfs` in the shared git folder (git-lfs-config(5)).
  public func largeFilePath(sha256: String) -> String? {
    guard sha256.utf8.count == 64 else { return nil }
    let path = "\(largeFiles())/objects/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256)"
    return Posix.status(path)?.kind == .file ? path : nil
  }

  private func largeFiles() -> String {
    largeFileFolder.withLock { known in
      if let known { return known }
      var folder = commonDirectory + "/lfs"
      if let output = try? program.run(["config", "--get", "lfs.storage"], doing: "reading lfs.storage"), output.status == 0 {
        let configured = GitRepository.line(output.bytes)
        if !configured.isEmpty { folder = configured.hasPrefix("/") ? configured : commonDirectory + "/" + configured }
      }
      known = folder
      return folder
    }
  }

  static func line(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
