import Diagnostics
import Files

/// The files of one commit.
public struct GitRevisionTree: SourceTree, LargeFileStore {
  private let repository: GitRepository
  private let objects: GitObjectTree
  /// The commit's full id.
  public let commit: String

  /// - Parameters:
  ///   - repository: that has the commit.
  ///   - revision: anything that names a commit: a branch, a tag, an id, `HEAD~2`.
  ///   - folder: the project folder, inside the repository's work tree; paths are relative to it.
  public init(_ repository: GitRepository, revision: String, projectFolder folder: String) throws(Failure) {
    self.repository = repository
    commit = try repository.commitID(of: revision)
    let prefix = try repository.path(of: folder)
    objects = GitObjectTree(
      repository, name: "commit \(commit.prefix(12))", entries: try repository.treeEntries(commit: commit, under: prefix))
  }

  public func read(_ path: String) throws(Failure) -> [UInt8]? { try objects.read(path) }
  public func files(under folder: String) throws(Failure) -> [SourceFile] { try objects.files(under: folder) }
  public func size(_ path: String) throws(Failure) -> Int? { try objects.size(path) }
  public var origin: SourceOrigin { .commit(commit) }
  public func diskPath(_ path: String) -> String? { nil }
  public func resolved(_ path: String) throws(Failure) -> String? { try objects.resolved(path) }
  public func largeFilePath(sha256: String) -> String? { repository.largeFilePath(sha256: sha256) }
}
