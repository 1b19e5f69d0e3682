import Diagnostics
import SpaceModel

/// A read-only view of a project's files: the work tree, the git index, or one commit. Paths are relative to the project
/// folder, `/` between segments, without `.` and `..`; leaving the folder, also by symlink, is a failure.
public protocol SourceTree: Sendable {
  /// The file's bytes; nil when there is no regular file at the path.
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
}

extension SourceTree {
  /// For trees without symbolic links.
  public func resolved(_ path: String) throws(Failure) -> String? {
    let path = try ProjectPath.normalised(path)
    return try read(path) == nil ? nil : path
  }

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
  public init(path: String, isExecutable: Bool = false, isSymbolicLink: Bool = false) {
    self.path = path
    self.isExecutable = isExecutable
    self.isSymbolicLink = isSymbolicLink
  }
}
