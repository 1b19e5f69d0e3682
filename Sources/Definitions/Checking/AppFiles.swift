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
  /// How many files the folder holds, those included that are not published.
  let listed: Int
  private let tree: any SourceTree
  private let byPath: [String: Int]
  private let texts = Locked<[String: SourceText?]>([:])

  /// A longer file is not read as text: nobody wrote it by hand.
  static let longestText = 4 << 20

  /// Fails when the folder cannot be listed.
  init(_ source: ContentSource, in tree: any SourceTree) throws(Failure) {
    self.tree = tree
    let published = try PublishedFiles(source)
    folder = published.folder
    let all = try tree.files(under: folder).filter { $0.obstacle != .irregular }
    listed = all.count
    files = all.compactMap { file in
      published.pathOnSpace(file.path).map {
        File(path: $0, source: file.path, isExecutable: file.isExecutable, isSymbolicLink: file.isSymbolicLink)
      }
    }
    byPath = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter path: as the Space would have it.
  subscript(path: String) -> File? { byPath[path].map { files[$0] } }

  /// Bytes; nil when that cannot be told.
  func size(_ file: File) -> Int? { (try? tree.size(file.source)).flatMap(\.self) }

  /// The file as text; nil when it is missing, binary, too long, or cannot be read. What cannot be read is told when the
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
    guard let size = size(file), size <= AppFiles.longestText,
      let bytes = (try? tree.read(file.source)).flatMap(\.self)
    else { return nil }
    return SourceText(textOf: bytes, file: file.source)
  }

  /// Whether the bytes that a git-lfs pointer stands for are at hand.
  func hasLargeFile(sha256: String) -> Bool { (tree as? any LargeFileStore)?.largeFilePath(sha256: sha256) != nil }

  /// The path of the file a link stands for, in the project; nil when it leads nowhere.
  func target(of file: File) throws(Failure) -> String? { try tree.resolved(file.source) }
}
