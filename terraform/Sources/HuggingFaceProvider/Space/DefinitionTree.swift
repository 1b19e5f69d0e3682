import Diagnostics
import Files
import Git

/// The files of one Space as a project of its own: a project file and a definition that are nowhere on disk, and the source folder
/// under the name that messages call it by.
struct DefinitionTree: SourceTree, LargeFileStore {
  static let project = "spaceform.yaml"
  /// In a folder that no Space ever gets.
  static let definition = ".spaceform/huggingface_space.space.yaml"

  private let text: [UInt8]
  /// What the source folder is called; `.` for the working folder itself.
  private let name: String
  /// Nil when there is no source, or no such folder.
  private let files: (any SourceTree)?

  /// - Parameter folder: the source folder, absolute or relative to the folder that Terraform works in; nil when there is none.
  init(definition text: [UInt8], folder: String?) throws(Failure) {
    self.text = text
    name = folder.map(Self.name) ?? "."
    guard let folder, Posix.realPath(folder).flatMap(Posix.status)?.kind == .folder else {
      files = nil
      return
    }
    files = try SourceTrees.workTree(at: folder)
  }

  /// What a folder is called in messages: its path as it is written, without what leads up or is at the root.
  static func name(of folder: String) -> String {
    let segments = folder.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return segments.isEmpty ? "." : segments.joined(separator: "/")
  }

  private static let projectText = Array(
    "version: 1\nproject: terraform\ninclude: [\"\(definition)\"]\n".utf8)

  func read(_ path: String) throws(Failure) -> [UInt8]? {
    switch path {
    case Self.project: Self.projectText
    case Self.definition: text
    default:
      if let files, let inner = inner(path) { try files.read(inner) } else { nil }
    }
  }

  func files(under folder: String) throws(Failure) -> [SourceFile] {
    if folder == ".spaceform" { return [SourceFile(path: Self.definition, size: text.count)] }
    guard let files else { return [] }
    let found: [SourceFile]
    if let inner = inner(folder) {
      found = try files.files(under: inner)
    } else if ProjectPath.contains(folder, name) {
      found = try files.files(under: ".")
    } else {
      return []
    }
    guard name != "." else { return found }
    return found.map { file in
      var file = file
      file.path = outer(file.path)
      return file
    }
  }

  func size(_ path: String) throws(Failure) -> Int? {
    if path == Self.definition { return text.count }
    guard let files, let inner = inner(path) else { return nil }
    return try files.size(inner)
  }

  func diskPath(_ path: String) -> String? { inner(path).flatMap { files?.diskPath($0) } }

  func resolved(_ path: String) throws(Failure) -> String? {
    if path == Self.definition || path == Self.project { return path }
    guard let files, let inner = inner(path) else { return nil }
    return try files.resolved(inner).map(outer)
  }

  func largeFilePath(sha256: String) -> String? { (files as? any LargeFileStore)?.largeFilePath(sha256: sha256) }

  private func inner(_ path: String) -> String? {
    if name == "." || path == name { return path == name ? "." : path }
    return ProjectPath.relative(path, to: name)
  }

  private func outer(_ path: String) -> String { name == "." ? path : path == "." ? name : name + "/" + path }
}
