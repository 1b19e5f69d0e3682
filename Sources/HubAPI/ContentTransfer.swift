import SpaceModel

/// A file in a repository's tree (facts hub-api section 4.1).
public struct TreeFile: Hashable, Sendable {
  public var path: String
  /// Real size in bytes.
  public var size: Int
  /// Git blob id; of the pointer for an LFS file.
  public var git: String
  /// Set for LFS files: SHA-256 of the content.
  public var lfsSHA256: String?
  public init(path: String, size: Int, git: String, lfsSHA256: String? = nil) {
    self.path = path
    self.size = size
    self.git = git
    self.lfsSHA256 = lfsSHA256
  }

  /// Whether the file holds these bytes.
  public func holds(_ id: ContentID) -> Bool { lfsSHA256.map { $0 == id.sha256 } ?? (git == id.git) }
}

/// One commit of the repository's history.
public struct CommitRecord: Hashable, Sendable {
  public var id: String
  public var title: String
  /// The description below the title.
  public var message: String
  public var date: Timestamp?
  public var authors: [String]
  public init(id: String, title: String, message: String = "", date: Timestamp? = nil, authors: [String] = []) {
    self.id = id
    self.title = title
    self.message = message
    self.date = date
    self.authors = authors
  }
}

/// What the Hub needs to decide how a file is stored.
public struct PreuploadFile: Hashable, Sendable {
  public var path: String
  public var size: Int
  /// The first bytes, at most 512.
  public var sample: [UInt8]
  public init(path: String, size: Int, sample: [UInt8]) {
    self.path = path
    self.size = size
    self.sample = sample
  }
}

public struct PreuploadAnswer: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, Codable { case regular, lfs }
  public struct File: Hashable, Sendable {
    public var mode: Mode
    public var shouldIgnore: Bool
    /// What is at the path now: git id or LFS SHA-256.
    public var existing: String?
    public init(mode: Mode, shouldIgnore: Bool = false, existing: String? = nil) {
      self.mode = mode
      self.shouldIgnore = shouldIgnore
      self.existing = existing
    }
  }
  public var files: [String: File]
  /// The head the answer is about.
  public var head: String?
  public init(files: [String: File], head: String?) {
    self.files = files
    self.head = head
  }
}

/// Bytes to send: in memory, or a file to stream.
public enum ByteSource: Hashable, Sendable {
  case bytes([UInt8])
  /// An absolute path.
  case file(path: String)
}

public struct LFSObject: Hashable, Sendable {
  public var sha256: String
  public var size: Int
  public var source: ByteSource
  public init(sha256: String, size: Int, source: ByteSource) {
    self.sha256 = sha256
    self.size = size
    self.source = source
  }
}

/// One commit, all of a Space's changes in it (facts hub-api section 4.3).
public struct CommitRequest: Hashable, Sendable {
  public enum Operation: Hashable, Sendable {
    case file(path: String, bytes: [UInt8])
    case lfsFile(path: String, sha256: String, size: Int)
    case delete(path: String)
  }
  public var summary: String
  public var description: String
  public var parentCommit: String?
  public var operations: [Operation]
  public init(summary: String, description: String, parentCommit: String?, operations: [Operation]) {
    self.summary = summary
    self.description = description
    self.parentCommit = parentCommit
    self.operations = operations
  }
}

public struct CommitResult: Hashable, Sendable {
  public var commit: String
  public init(commit: String) { self.commit = commit }
}

public enum LogKind: String, Hashable, Sendable { case build, run }

public struct LogLine: Hashable, Sendable {
  public var text: String
  public var timestamp: Timestamp?
  public init(text: String, timestamp: Timestamp? = nil) {
    self.text = text
    self.timestamp = timestamp
  }
}
