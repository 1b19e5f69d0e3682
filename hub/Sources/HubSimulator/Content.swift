import Cryptography
import HubAPI
import SpaceModel

/// A commit as it is asked for, its digests taken before the world is touched.
public struct PreparedCommit: Sendable {
  public enum Operation: Sendable {
    case file(path: String, bytes: [UInt8], git: String, marker: BuildMarker?)
    case large(path: String, sha256: String, size: Int, pointer: [UInt8], git: String)
    case move(from: String, to: String)
    case deleteFile(String)
    case deleteFolder(String)
    /// A file or a folder, whichever is there.
    case deleteEntry(String)
  }
  public var title: String
  public var message: String
  public var parent: String?
  public var operations: [Operation] = []

  public init(title: String, message: String = "", parent: String? = nil) {
    self.title = title
    self.message = message
    self.parent = parent
  }

  public mutating func add(file path: String, bytes: [UInt8]) {
    operations.append(
      .file(path: path, bytes: bytes, git: Digest.gitBlobID(bytes), marker: BuildMarker.find(in: bytes)))
  }

  public mutating func add(large path: String, sha256: String, size: Int) {
    let pointer = Array("version https://git-lfs.github.com/spec/v1\noid sha256:\(sha256)\nsize \(size)\n".utf8)
    operations.append(
      .large(path: path, sha256: sha256, size: size, pointer: pointer, git: Digest.gitBlobID(pointer)))
  }
}

extension World {
  /// Bytes above which a file must be a large object (facts hub-api section 4.2).
  public static let largestRegularFile = 10 << 20

  /// Makes one commit; `main` is deployed. All operations hold or none does.
  ///
  /// - Throws: 412 when the branch has moved since `parent`, 404 for a missing path or revision, 400 and 422 for what the Hub
  ///   does not take (facts hub-api section 4.3).
  public mutating func commit(
    _ commit: PreparedCommit, to id: SpaceID, branch: String = "main", by caller: Caller, at now: Timestamp
  ) throws(Refusal) -> String {
    let hubID = try locate(id, for: caller, .content)
    guard let space = spaces[hubID] else { throw .repositoryNotFound(caller) }
    let name = branch.hasPrefix("refs/heads/") ? String(branch.dropFirst(11)) : branch
    guard let head = space.repository.branches[name], let base = space.repository.commits[head] else {
      throw .revisionNotFound(branch)
    }
    if let parent = commit.parent, parent != head {
      throw Refusal(
        412, .staleParent,
        "The branch was updated since you opened this page. Please refresh and try again.")
    }
    var files = base.files
    for operation in commit.operations { try apply(operation, to: &files) }
    trackLargeFiles(commit.operations, in: &files)
    let sent = commit.operations.compactMap { if case .large(_, let sha256, _, _, _) = $0 { sha256 } else { nil } }
    let isSame = files.mapValues(\.git) == base.files.mapValues(\.git) && !sent.contains(where: space.lacks)
    if isSame, assumptions["same-tree"] == "ignore" { return head }
    var card = space.card
    if let readme = files["README.md"], readme.changed.isEmpty {
      card = Card(readme: blobs[readme.git] ?? [])
      if let problem = card.errors.first { throw .rejected("Invalid metadata in README.md. \(problem)") }
    } else if files["README.md"] == nil {
      card = Card()
    }
    let assumptions = self.assumptions
    return try change(hubID, at: now) { space in
      let oid = space.repository.add(
        to: name, title: commit.title, message: commit.message, files: files, author: caller.account ?? "system", at: now)
      space.lastModified = now
      // What is sent again is there again.
      space.deletedObjects?.subtract(sent)
      if name == "main" {
        space.card = card
        if space.isStatic { space.life.requested = nil }
        space.begin(.change, at: now, assumptions: assumptions)
      }
      return oid
    }
  }

  private mutating func apply(
    _ operation: PreparedCommit.Operation, to files: inout [String: Repository.File]
  ) throws(Refusal) {
    switch operation {
    case .file(let path, let bytes, let git, let marker):
      try World.check(path: path)
      guard bytes.count <= World.largestRegularFile else {
        throw .rejected("\(path) has \(bytes.count) bytes; files over 10 MiB must be sent as LFS objects")
      }
      store(blob: bytes, id: git)
      guard files[path]?.git != git || files[path]?.lfs != nil else { return }
      files[path] = Repository.File(
        git: git, size: bytes.count, lfs: nil, changed: "", marker: marker,
        steps: BuildSteps.read(path: path, bytes: bytes))
    case .large(let path, let sha256, let size, let pointer, let git):
      try World.check(path: path)
      guard largeObjects[sha256] == size else {
        throw .rejected("LFS pointer of \(path) points to an object that was not uploaded: \(sha256)")
      }
      store(blob: pointer, id: git)
      guard files[path]?.git != git else { return }
      files[path] = Repository.File(git: git, size: size, lfs: sha256, changed: "", marker: nil)
    case .move(let from, let to):
      try World.check(path: to)
      guard var file = files.removeValue(forKey: from) else { throw World.missing(from) }
      file.changed = ""
      files[to] = file
    case .deleteFile(let path):
      guard files.removeValue(forKey: path) != nil else { throw World.missing(path) }
    case .deleteFolder(let path):
      try remove(folder: path, from: &files)
    case .deleteEntry(let path):
      if files.removeValue(forKey: path) == nil { try remove(folder: path, from: &files) }
    }
  }

  private func remove(folder path: String, from files: inout [String: Repository.File]) throws(Refusal) {
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let inside = files.keys.filter { $0.hasPrefix(prefix) }
    guard !inside.isEmpty else { throw World.missing(path) }
    for key in inside { files[key] = nil }
  }

  private static func missing(_ path: String) -> Refusal {
    .entryNotFound("A file with this name doesn't exist: \(path)")
  }

  /// The Hub adds a line to `.gitattributes` for a large file that no pattern covers.
  private mutating func trackLargeFiles(
    _ operations: [PreparedCommit.Operation], in files: inout [String: Repository.File]
  ) {
    let paths = operations.compactMap { if case .large(let path, _, _, _, _) = $0 { path } else { nil } }
    guard !paths.isEmpty else { return }
    let before = files[".gitattributes"].flatMap { blobs[$0.git] } ?? []
    var text = String(decoding: before, as: UTF8.self)
    var patterns = PathPatterns.largeFiles(attributes: text)
    for path in paths where !patterns.matches(path) {
      if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
      text += "\(path.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "[[:space:]]"))"
      text += " filter=lfs diff=lfs merge=lfs -text\n"
      patterns = PathPatterns.largeFiles(attributes: text)
    }
    let bytes = Array(text.utf8)
    guard bytes != before else { return }
    let git = Digest.gitBlobID(bytes)
    store(blob: bytes, id: git)
    files[".gitattributes"] = Repository.File(git: git, size: bytes.count, lfs: nil, changed: "", marker: nil)
  }

  /// What may be a path in a repository: relative, no empty, `.`, `..` or `.git` segment, at most 1000 characters.
  static func check(path: String) throws(Refusal) {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    let refused = segments.contains { [".", "..", ".git", ""].contains($0) } || path.contains("\\") || path.contains("\0")
    guard !refused, !path.isEmpty, path.count <= 1000 else {
      throw .unprocessable("\(path) is not a path a repository can have")
    }
  }

  /// How each file is to be sent, and what is there now (facts hub-api section 4.2).
  public func preupload(
    _ files: [(path: String, size: Int)], gitIgnore: String?, gitAttributes: String?, to id: SpaceID, revision: String,
    by caller: Caller
  ) throws(Refusal) -> PreuploadAnswer {
    let hubID = try locate(id, for: caller, .content)
    guard let space = spaces[hubID], let commit = space.repository.commit(at: revision) else {
      throw .revisionNotFound(revision)
    }
    let attributes = gitAttributes ?? text(".gitattributes", of: commit)
    let large = PathPatterns.largeFiles(attributes: attributes)
    let ignored = PathPatterns.ignored(gitIgnore ?? text(".gitignore", of: commit))
    var answer: [String: PreuploadAnswer.File] = [:]
    for (path, size) in files {
      try World.check(path: path)
      let mode: PreuploadAnswer.Mode =
        size > 0 && (size > World.largestRegularFile || large.matches(path)) ? .lfs : .regular
      // A large file whose bytes were deleted for good is to be sent again.
      let file = commit.files[path].flatMap { file in file.lfs.map(space.lacks) == true ? nil : file }
      let existing = file.map { $0.lfs ?? $0.git }
      answer[path] = PreuploadAnswer.File(mode: mode, shouldIgnore: ignored.matches(path), existing: existing)
    }
    return PreuploadAnswer(files: answer, head: commit.id)
  }

  private func text(_ path: String, of commit: Repository.Commit) -> String {
    String(decoding: commit.files[path].flatMap { blobs[$0.git] } ?? [], as: UTF8.self)
  }

  /// The commit a revision stands for, for someone who may read it.
  public func commit(
    _ id: SpaceID, at revision: String, for caller: Caller, _ access: Access = .read
  ) throws(Refusal) -> Repository.Commit {
    let hubID = try locate(id, for: caller, access)
    guard let commit = spaces[hubID]?.repository.commit(at: revision) else { throw .revisionNotFound(revision) }
    return commit
  }
}
