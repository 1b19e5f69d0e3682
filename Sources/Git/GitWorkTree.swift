import Diagnostics
import Files
import Parallel

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

  /// - Parameters:
  ///   - repository: whose ignore rules hold.
  ///   - path: the project folder, inside the repository's work tree; paths are relative to it.
  public init(_ repository: GitRepository, projectFolder path: String) throws(Failure) {
    try self.init(repository, projectFolder: path, early: nil)
  }

  /// - Parameter early: the listing, when it was asked for before the repository was known.
  init(_ repository: GitRepository, projectFolder path: String, early: EarlyListing?) throws(Failure) {
    self.repository = repository
    folder = try ProjectFolder(path)
    let prefix = try repository.path(of: path)
    let isSparse = try repository.hasSparseIndex()
    let listed =
      if !isSparse, let early, early.isOf(repository) {
        GitProgram.rawFields(of: early.bytes)
      } else {
        try repository.program.rawFields(
          GitWorkTree.listing + (isSparse ? ["--sparse", "--"] : ["--"]) + (prefix == "." ? [] : [":(literal)" + prefix]),
          doing: "listing the project's files")
      }

    let entries = Entries(
      prefix: prefix, top: Array((repository.workDirectory == "/" ? "" : repository.workDirectory).utf8) + [UInt8(ascii: "/")])
    var files: [SourceFile] = []
    files.reserveCapacity(listed.count)
    var leftOut: Set<ExactPath> = []
    var leftOutFolders: [String] = []
    // Looking at each file takes longer than git took to list it.
    for entry in listed.concurrentMap(stretch: 256, entries.entry) {
      switch entry {
      case .file(let file): files.append(file)
      case .leftOut(let path): leftOut.insert(ExactPath(path))
      case .leftOutFolder(let folder): leftOutFolders.append(folder)
      case .none: continue
      }
    }
    if leftOut.isEmpty, leftOutFolders.isEmpty {
      index = nil
    } else {
      let tree = try GitIndexTree(repository, projectFolder: path)
      for file in try tree.files(under: ".") where leftOut.contains(ExactPath(file.path)) { files.append(file) }
      for folder in leftOutFolders {
        for file in try tree.files(under: folder) where leftOut.insert(ExactPath(file.path)).inserted { files.append(file) }
      }
      index = tree
    }
    self.leftOut = leftOut
    listing = FileListing(files)
  }

  /// The files as git's program lists them: with a letter for what each is, their paths from the top of the work tree.
  static let listing = ["ls-files", "-z", "-t", "--full-name", "--cached", "--others", "--exclude-standard"]

  /// Makes sense of the lines of the listing, each for itself.
  private struct Entries: Sendable {
    enum Entry: Sendable {
      case file(SourceFile)
      /// Not on disk, and not deleted either.
      case leftOut(String)
      case leftOutFolder(String)
      /// Deleted, or no part of the project.
      case none
    }

    /// The project folder, in the repository.
    let prefix: String
    /// The repository's folder, with a slash at its end.
    let top: [UInt8]

    /// - Parameter line: a letter, a space, the path; a folder (another repository inside this one, or one that is left out) ends in
    ///   a slash.
    func entry(_ line: ArraySlice<UInt8>) -> Entry {
      guard line.count > 2 else { return .none }
      let status = line.first
      if line.last == UInt8(ascii: "/") {
        guard status == UInt8(ascii: "S") else { return .none }
        let folder = PathText(line.dropFirst(2).dropLast()).text
        return .leftOutFolder(ProjectPath.contains(folder, prefix) ? "." : ProjectPath.relative(folder, to: prefix) ?? folder)
      }
      let name = PathText(line.dropFirst(2))
      guard let path = ProjectPath.relative(name.text, to: prefix), !ProjectPath.isInsideGit(path) else { return .none }
      var obstacle: SourceFile.Obstacle? = status == UInt8(ascii: "M") ? .conflict : name.isExact ? nil : .name
      switch Posix.lookUp(top + line.dropFirst(2)) {
      case .success(let found):
        if found.kind == .folder { return .none }
        if obstacle == nil, found.kind == .other { obstacle = .irregular }
        return .file(
          SourceFile(
            path: path, isExecutable: found.kind == .file && found.isExecutable, isSymbolicLink: found.kind == .symbolicLink,
            size: found.kind == .file ? found.size : nil, obstacle: obstacle))
      case .failure(let problem) where problem.isMissing:
        if obstacle == .conflict { return .file(SourceFile(path: path, obstacle: obstacle)) }
        return status == UInt8(ascii: "S") ? .leftOut(path) : .none
      case .failure(let problem):
        // Not to be taken for a file that was deleted.
        return .file(SourceFile(path: path, obstacle: .unreachable(problem.description)))
      }
    }
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
