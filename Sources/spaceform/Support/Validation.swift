import Console
import Definitions
import Diagnostics
import Files
import Git
import Reports

/// One run of `validate`: where the bytes come from, and what part of the project it is about.
struct Validation {
  enum Source: Equatable {
    case workTree, staged
    case revision(String)
  }

  let folder: ProjectFolder
  let source: Source
  let rules: RuleSelection
  /// As named on the command line, relative to `directory`.
  let paths: [String]
  /// The folder of -C.
  let directory: String

  /// What was loaded, and what it was about.
  struct Result {
    var loaded: LoadedDefinitions
    let tree: any SourceTree
  }

  /// Nil when nothing that is staged belongs to the project.
  func run() throws(Failure) -> Result? {
    let tree: any SourceTree
    var touched: TouchedPaths?
    let named = NamedPaths.inProject(paths, relativeTo: directory, projectFolder: folder.path)
    switch source {
    case .workTree: tree = try SourceTrees.workTree(at: folder.path)
    case .revision(let revision): tree = try SourceTrees.revision(revision, at: folder.path)
    case .staged:
      let staged = try SourceTrees.staged(at: folder.path)
      tree = staged.tree
      // pre-commit and its kin pass the names of files that are there; those a commit takes away count too.
      let changes = paths.isEmpty ? staged.changes : staged.changes.filter(\.isDeletion)
      touched = TouchedPaths(named + changes.map(\.path))
      if touched?.isEmpty == true { return nil }
    }
    if source != .staged, !paths.isEmpty { touched = TouchedPaths(named) }
    let loaded = try DefinitionLoader.load(
      tree: tree, projectFile: ProjectFolder.fileName, environment: folder.environmentName, folderName: folder.name,
      options: CheckOptions(rules: rules, touched: touched))
    return Result(loaded: loaded, tree: tree)
  }
}
