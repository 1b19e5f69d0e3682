import Diagnostics
import Files

/// What is staged: the files of the git index, whatever the work tree looks like. A path in the middle of a merge is listed and fails
/// when it is read.
public struct GitIndexTree: SourceTree, LargeFileStore {
  private let repository: GitRepository
  private let objects: GitObjectTree

  /// - Parameters:
  ///   - repository: whose index is read.
  ///   - folder: the project folder, inside the repository's work tree; paths are relative to it.
  public init(_ repository: GitRepository, projectFolder folder: String) throws(Failure) {
    self.init(repository, entries: try repository.indexEntries(), prefix: try repository.path(of: folder))
  }

  /// - Parameter prefix: the project folder's path in the repository.
  init(_ repository: GitRepository, entries: [GitEntry], prefix: String) {
    self.repository = repository
    let inside =
      prefix == "."
      ? entries
      : entries.compactMap { entry in
        ProjectPath.relative(entry.path, to: prefix).map { path in
          var entry = entry
          entry.path = path
          return entry
        }
      }
    objects = GitObjectTree(repository, name: "the index", entries: inside)
  }

  public func read(_ path: String) throws(Failure) -> [UInt8]? { try objects.read(path) }
  public func files(under folder: String) throws(Failure) -> [SourceFile] { try objects.files(under: folder) }
  public func size(_ path: String) throws(Failure) -> Int? { try objects.size(path) }
  public var origin: SourceOrigin { .index }
  public func diskPath(_ path: String) -> String? { nil }
  public func resolved(_ path: String) throws(Failure) -> String? { try objects.resolved(path) }
  public func largeFilePath(sha256: String) -> String? { repository.largeFilePath(sha256: sha256) }
}
