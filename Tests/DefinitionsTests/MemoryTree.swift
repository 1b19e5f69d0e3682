import Diagnostics
import Files
import SpaceModel

@testable import Definitions

/// A project that lives in memory: a source tree like any other, for tests about what files say.
struct MemoryTree: SourceTree {
  var contents: [String: [UInt8]]
  /// Paths that answer with a failure, as a symbolic link out of the folder does.
  var refused: Set<String> = []
  var executables: Set<String> = []
  /// Symbolic links, and the paths in the tree they lead to.
  var links: [String: String] = [:]
  /// Files that say they have more bytes than they have.
  var sizes: [String: Int] = [:]

  init(_ texts: [String: String]) { contents = texts.mapValues { Array($0.utf8) } }

  func read(_ path: String) throws(Failure) -> [UInt8]? {
    try refuse(path)
    return contents[links[path] ?? path]
  }

  func size(_ path: String) throws(Failure) -> Int? {
    if let size = sizes[path] { return size }
    return try read(path)?.count
  }

  func resolved(_ path: String) throws(Failure) -> String? {
    try refuse(path)
    let target = links[path] ?? path
    return contents[target] == nil ? nil : target
  }

  func files(under folder: String) throws(Failure) -> [SourceFile] {
    try refuse(folder)
    let prefix = folder == "." ? "" : folder + "/"
    return (Array(contents.keys) + Array(links.keys)).filter { $0.hasPrefix(prefix) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { SourceFile(path: $0, isExecutable: executables.contains($0), isSymbolicLink: links[$0] != nil) }
  }

  func diskPath(_ path: String) -> String? { nil }

  private func refuse(_ path: String) throws(Failure) {
    guard refused.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else { return }
    throw Failure(doing: "reading \(path)", problem: "a symbolic link leaves the project folder")
  }
}

/// A project file that most tests need nothing special of.
let plainProject = "version: 1\nproject: demos\nowner: acme\n"

/// Loads a project from texts.
func load(
  _ files: [String: String], project: String = plainProject, environment: String? = nil,
  options: CheckOptions = CheckOptions()
) throws -> LoadedDefinitions {
  try DefinitionLoader.load(
    tree: MemoryTree(files.merging(["spaceform.yaml": project]) { given, _ in given }), environment: environment,
    options: options)
}

/// Loads a project of one Space, `spaces/chat.space.yaml`, and whatever else is given.
func load(space: String, also: [String: String] = [:], project: String = plainProject) throws -> LoadedDefinitions {
  try load(also.merging(["spaces/chat.space.yaml": space]) { $1 }, project: project)
}
