import Diagnostics
import Files

/// A project folder inside a git work tree: tracked files that are on disk, and untracked ones that are not ignored, with the bytes
/// on disk. A tracked file deleted on disk is absent; one that a sparse checkout leaves out counts as unchanged and comes from the index.
///
/// Which files those are is git's own answer, from one `git ls-files`, because ignore rules have many sources and git is the judge
/// of them. The listing is taken once, when the value is made.
public struct GitWorkTree: SourceTree, LargeFileStore {
  private let repository: GitRepository
  private let folder: ProjectFolder
  private let listing: FileListing
  private let leftOut: Set<ExactPath>
  private let index: GitIndexTree?

  /// - Parameter path: the project folder, inside the repository's work tree; paths are relative to it.
  public init(_ repository: GitRepository, projectFolder path: String) throws(Failure) {
    self.repository = repository
    folder = try ProjectFolder(path)
    let prefix = try repository.path(of: path)
    let listed = try repository.program.rawFields(
      ["ls-files", "-z", "-t", "--full-name", "--cached", "--others", "--exclude-standard", "--"]
        + (prefix == "." ? [] : [":(literal)" + prefix]),
      doing: "listing the project's files")

    var files: [SourceFile] = []
    files.reserveCapacity(listed.count)
    var leftOut: Set<ExactPath> = []
    for line in listed {
      // A letter, a space, the path; a folder (another repository inside this one) ends in a slash.
      guard line.count > 2, line.last != UInt8(ascii: "/") else { continue }
      let name = PathText(line.dropFirst(2))
      guard let path = ProjectPath.relative(name.text, to: prefix), !ProjectPath.isInsideGit(path) else { continue }
      let status =
        name.isExact
        ? Posix.status(folder.path + "/" + path)
        : Posix.status(bytes: Array(repository.workDirectory.utf8) + [UInt8(ascii: "/")] + line.dropFirst(2))
      let obstacle: SourceFile.Obstacle? =
        line.first == UInt8(ascii: "M") ? .conflict : !name.isExact ? .name : status?.kind == .other ? .irregular : nil
      switch status?.kind {
      case .file:
        files.append(
          SourceFile(path: path, isExecutable: status?.isExecutable == true, size: status?.size, obstacle: obstacle))
      case .symbolicLink: files.append(SourceFile(path: path, isSymbolicLink: true, obstacle: obstacle))
      case .other: files.append(SourceFile(path: path, obstacle: obstacle))
      case .folder: break
      case nil:
        if line.first == UInt8(ascii: "S") { leftOut.insert(ExactPath(path)) }
        if obstacle == .conflict { files.append(SourceFile(path: path, obstacle: obstacle)) }
      }
    }
    if leftOut.isEmpty {
      index = nil
    } else {
      let tree = try GitIndexTree(repository, projectFolder: path)
      for file in try tree.files(under: ".") where leftOut.contains(ExactPath(file.path)) { files.append(file) }
      index = tree
    }
    self.leftOut = leftOut
    listing = FileListing(files)
  }

  public func files(under folder: String) throws(Failure) -> [SourceFile] {
    listing.files(under: try ProjectPath.normalised(folder))
  }

  public func read(_ path: String) throws(Failure) -> [UInt8]? {
    let path = try ProjectPath.normalised(path)
    try listing.checkObstacle(path)
    if let index, leftOut.contains(ExactPath(path)) { return try index.read(path) }
    return try folder.read(path)
  }

  public func size(_ path: String) throws(Failure) -> Int? {
    let path = try ProjectPath.normalised(path)
    try listing.checkObstacle(path)
    if let index, leftOut.contains(ExactPath(path)) { return try index.size(path) }
    return try folder.size(path)
  }

  public func diskPath(_ path: String) -> String? { listing.file(at: path)?.obstacle == nil ? folder.diskPath(path) : nil }

  public func resolved(_ path: String) throws(Failure) -> String? {
    let path = try ProjectPath.normalised(path)
    if let index, leftOut.contains(ExactPath(path)) { return try index.resolved(path) }
    return try folder.resolvedFile(path)
  }

  public func largeFilePath(sha256: String) -> String? { repository.largeFilePath(sha256: sha256) }
}
