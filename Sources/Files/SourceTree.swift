import Diagnostics
import SpaceModel

/// A read-only view of a project's files: the work tree, the git index, or one commit. Paths are relative to the project
/// folder, `/` between segments, without `.` and `..`; leaving the folder, also by symlink, is a failure.
public protocol SourceTree: Sendable {
  /// The file's bytes; nil when there is no file at the path. Fails when what is there cannot be read as one.
  func read(_ path: String) throws(Failure) -> [UInt8]?
  /// Every file below a folder (`.` for the project folder), sorted by path's UTF-8 bytes. In git: tracked plus
  /// untracked-not-ignored; outside git: all. Never anything inside `.git`. Empty when there is no such folder.
  func files(under folder: String) throws(Failure) -> [SourceFile]
  /// How many bytes the file has; nil when there is no regular file at the path.
  func size(_ path: String) throws(Failure) -> Int?
  /// Where the file can be streamed from, for sources that are on disk; nil otherwise.
  func diskPath(_ path: String) -> String?
  /// The path of the file that is read at this path, every symbolic link followed; nil when there is no regular file.
  func resolved(_ path: String) throws(Failure) -> String?
  /// Where the files are, for messages.
  var origin: SourceOrigin { get }
}

/// Where the files of a source tree are.
public enum SourceOrigin: Hashable, Sendable {
  case disk, index
  /// The commit's full id.
  case commit(String)
}

extension SourceTree {
  /// For trees without symbolic links.
  public func resolved(_ path: String) throws(Failure) -> String? {
    let path = try ProjectPath.normalised(path)
    return try read(path) == nil ? nil : path
  }

  public var origin: SourceOrigin { .disk }

  /// For trees that cannot tell without reading.
  public func size(_ path: String) throws(Failure) -> Int? { try read(path)?.count }
}

/// A source tree whose large files may be stored beside it, as git-lfs does.
public protocol LargeFileStore: Sendable {
  /// Where the bytes with this SHA-256 are on disk; nil when they have not been fetched.
  func largeFilePath(sha256: String) -> String?
}

/// One file of a source tree.
public struct SourceFile: Hashable, Sendable {
  /// Relative to the project folder.
  public var path: String
  public var isExecutable: Bool
  public var isSymbolicLink: Bool
  /// Bytes, where the listing came to know it; nil for a link, and for what is only in git.
  public var size: Int?
  /// Why its bytes cannot be had; nil for nearly every file.
  public var obstacle: Obstacle?

  public init(
    path: String, isExecutable: Bool = false, isSymbolicLink: Bool = false, size: Int? = nil, obstacle: Obstacle? = nil
  ) {
    self.path = path
    self.isExecutable = isExecutable
    self.isSymbolicLink = isSymbolicLink
    self.size = size
    self.obstacle = obstacle
  }

  /// What keeps something that is there from being read. It is listed all the same: whoever looks for it must not find nothing.
  public enum Obstacle: Hashable, Sendable {
    /// A pipe, a socket or a device. Nobody takes it for content.
    case irregular
    /// A name that is not UTF-8; the path is as near to it as text can be.
    case name
    /// It stands in a folder that may not be looked into, say; in the system's words.
    case unreachable(String)
    /// It is in the middle of a merge and has no version that counts.
    case conflict

    public func failure(reading path: String) -> Failure {
      switch self {
      case .irregular:
        Failure(
          doing: "reading \(path)", problem: "it is a pipe, a socket or a device, not a file",
          help: "Put a file there, or remove it.")
      case .name:
        Failure(
          doing: "reading \(path)", problem: "its name is not UTF-8 text, and no file on the Hub has such a name",
          help: "Rename it.")
      case .unreachable(let reason):
        Failure(doing: "reading \(path)", problem: reason, help: "Check that you may read it and its folder (`ls -ld`).")
      case .conflict:
        Failure(
          doing: "reading \(path)", problem: "the file is in the middle of a merge and has no version that counts",
          help: "Resolve the conflict, then `git add \(path)`.")
      }
    }
  }
}
