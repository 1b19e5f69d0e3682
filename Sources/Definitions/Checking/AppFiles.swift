import Content
import Diagnostics
import Files
import Locking
import SpaceModel

/// The files of one source folder that a Space would get, as the rules see them: names at once, texts when asked for, each read once.
final class AppFiles: Sendable {
  /// One file.
  struct File: Sendable {
    /// As the Space would have it.
    let path: String
    /// In the project.
    let source: String
    let isExecutable: Bool
    let isSymbolicLink: Bool
  }

  /// The source folder, in its normal form.
  let folder: String
  /// Sorted by path.
  let files: [File]
  /// Paths in the folder of the files that are not published.
  let leftOut: [String]
  private let published: PublishedFiles
  private let tree: any SourceTree
  private let byPath: [String: Int]
  private let texts = Locked<[String: SourceText?]>([:])
  private let sizes = Locked<[String: Int?]>([:])
  private let parsed = Locked<Dockerfile??>(nil)

  /// A longer file is not read as text: nobody wrote it by hand.
  static let longestText = 4 << 20

  /// Fails when the folder cannot be listed.
  init(_ source: ContentSource, in tree: any SourceTree) throws(Failure) {
    self.tree = tree
    published = try PublishedFiles(source)
    folder = published.folder
    var files: [File] = []
    var leftOut: [String] = []
    for file in try tree.files(under: folder) where file.obstacle != .irregular {
      if let path = published.pathOnSpace(file.path) {
        files.append(
          File(path: path, source: file.path, isExecutable: file.isExecutable, isSymbolicLink: file.isSymbolicLink))
      } else if let path = ProjectPath.relative(file.path, to: folder) {
        leftOut.append(path)
      }
    }
    self.files = files
    self.leftOut = leftOut
    byPath = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter path: as the Space would have it.
  subscript(path: String) -> File? { byPath[path].map { files[$0] } }

  /// The file at the path, or those below it.
  func below(_ path: String) -> ArraySlice<File> {
    if path == "." { return files[...] }
    if let index = byPath[path] { return files[index...index] }
    // Sorted by bytes, so that what is below a folder stands together.
    let prefix = path + "/"
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if FileListing.precedes(files[middle].path, prefix) { low = middle + 1 } else { high = middle }
    }
    return files[low...].prefix { $0.path.utf8.starts(with: prefix.utf8) }
  }

  /// Whether there is a file at the path, or one below it.
  func holds(_ path: String) -> Bool { !below(path).isEmpty }

  /// The path in the project that a path on the Space comes from, whether there is such a file or not.
  func source(of path: String) -> String { folder == "." ? path : folder + "/" + path }

  /// Bytes; nil when that cannot be told. Asked of the tree once.
  func size(_ file: File) -> Int? {
    if let known = sizes.withLock({ $0[file.source] }) { return known }
    let size = (try? tree.size(file.source)).flatMap(\.self)
    sizes.withLock { $0[file.source] = .some(size) }
    return size
  }

  /// The file as text; nil when it is missing, a link, binary, too long, or cannot be read. What cannot be read is told when the
  /// content is prepared.
  func text(_ path: String) -> SourceText? { self[path].flatMap(text) }

  func text(_ file: File) -> SourceText? {
    if let known = texts.withLock({ $0[file.source] }) { return known }
    let text = read(file)
    texts.withLock { $0[file.source] = .some(text) }
    return text
  }

  /// As `text`, not kept: for what looks into every file once.
  func passingText(_ file: File) -> SourceText? {
    if let known = texts.withLock({ $0[file.source] }) { return known }
    return read(file)
  }

  /// The text of a file by its path in the project.
  func text(at source: String) -> SourceText? {
    ProjectPath.relative(source, to: folder).flatMap { self[$0] }.flatMap(text)
  }

  private func read(_ file: File) -> SourceText? {
    // What a link leads to is a file of its own, or one that nobody may see.
    guard !file.isSymbolicLink, let size = size(file), size <= AppFiles.longestText,
      let bytes = (try? tree.read(file.source)).flatMap(\.self)
    else { return nil }
    return SourceText(textOf: bytes, file: file.source)
  }

  /// Whether the bytes that a git-lfs pointer stands for are at hand.
  func hasLargeFile(sha256: String) -> Bool { (tree as? any LargeFileStore)?.largeFilePath(sha256: sha256) != nil }

  /// The path of the file a link stands for, in the project. Fails when no Space could get it.
  func target(of file: File) throws(Failure) -> String { try published.target(of: file.source, in: tree) }

  /// The Dockerfile, taken apart once; nil when there is none.
  func dockerfile() -> Dockerfile? {
    if let known = parsed.withLock(\.self) { return known }
    let dockerfile = text(Dockerfile.name).map(Dockerfile.init)
    parsed.withLock { $0 = .some(dockerfile) }
    return dockerfile
  }
}
