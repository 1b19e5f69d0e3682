import Console
import Content
import Definitions
import Diagnostics
import Files
import Git
import HubAPI
import Platform
import Reconciler
import Reports
import SpaceModel
import State

/// A project on disk: where it is, what it says, and where its state is.
struct ProjectFolder: Sendable {
  static let fileName = "spaceform.yaml"
  let path: String
  private(set) var environmentName: String?

  /// The folder asked for, or the nearest one above it with a project file.
  init(_ options: GlobalOptions) throws(Failure) {
    let start = URL(fileURLWithPath: options.directory).standardizedFileURL
    guard Posix.realPath(start.path).flatMap(Posix.status)?.kind == .folder else {
      throw Failure(doing: "looking for the project", problem: "\(options.directory) is not a folder", status: .usage)
    }
    var folder = start
    // A link that leads nowhere is a project file too: to pass it by would be to work on the project above.
    while Posix.status(folder.appendingPathComponent(Self.fileName).path) == nil {
      let parent = folder.deletingLastPathComponent()
      guard parent.path != folder.path, folder.path != "/" else {
        throw Failure(
          doing: "looking for the project",
          problem: "there is no \(Self.fileName) in \(start.path) or in any folder above it",
          help: "Run `spaceform init` to make one, or name the folder with -C")
      }
      folder = parent
    }
    path = folder.path
    environmentName = options.environmentName
  }

  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// The same folder with the state of an environment.
  func inEnvironment(_ name: String?) -> ProjectFolder {
    var folder = self
    folder.environmentName = name
    return folder
  }

  /// The lock's file name, as messages say it.
  var lockName: String { environmentName.map { "spaceform.\($0).lock" } ?? "spaceform.lock" }

  func load(_ tree: any SourceTree, awaitsFiles: Bool = false) throws(Failure) -> LoadedDefinitions {
    try DefinitionLoader.load(
      tree: tree, projectFile: Self.fileName, environment: environmentName, folderName: name,
      options: CheckOptions(awaitsFiles: awaitsFiles))
  }
}

/// A project read for planning: a fleet without errors, and the files of its Spaces.
struct Project: Sendable {
  let folder: ProjectFolder
  let fleet: Fleet
  let findings: [Finding]
  let contents: ProjectContents
  /// Why files of some Spaces are not in `contents`; empty unless that was allowed for.
  let unreadContents: [SpaceID: String]
  let store: any StateStore
  /// Where all of it was read from.
  let tree: any SourceTree
  /// The commit checked out, where the folder is in git and nothing is uncommitted.
  let revision: String?
  /// The commit checked out, whether or not there are changes on top of it, or the one asked for.
  let head: String?

  /// - Parameter readsAllFiles: fails when a file that would be published cannot be read, as one that git-lfs has not fetched.
  /// - Throws: an `Ending` with status 3 after printing the findings, when the definitions have errors.
  static func load(
    _ options: GlobalOptions, revision wanted: String? = nil, readsAllFiles: Bool = true
  ) async throws -> Project {
    let folder = try ProjectFolder(options)
    let tree: any SourceTree
    var revision: String?
    var head: String?
    if let wanted {
      tree = try SourceTrees.revision(wanted, at: folder.path)
      revision = try GitRepository.open(containing: folder.path)?.commitID(of: wanted)
      head = revision
    } else {
      tree = try SourceTrees.workTree(at: folder.path)
      if let repository = try GitRepository.open(containing: folder.path) {
        head = try repository.headRevision()
        // Made by the first command there is, and nothing of the project's.
        let own = "**/\(PrivateFolder.name)/.gitignore"
        if try !repository.hasUncommittedChanges(except: [own]) { revision = head }
      }
    }
    let loaded = try folder.load(tree)
    guard let fleet = loaded.fleet else {
      Terminal.error(loaded.humanText(style: options.errorStyle))
      throw Ending(status: .findings)
    }
    let (contents, failures) = await ProjectContents.prepare(fleet, tree: tree)
    if readsAllFiles, let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
    return Project(
      folder: folder, fleet: fleet, findings: loaded.findings, contents: contents,
      unreadContents: failures.mapValues(\.description),
      store: try StateAccess.store(
        folder, project: fleet.project.name, state: fleet.project.state, options),
      tree: tree, revision: revision, head: head)
  }
}

extension Project {
  /// The same files as another fleet with the state of its environment.
  func with(_ fleet: Fleet, in environment: String, _ options: GlobalOptions) async throws(Failure) -> Project {
    let folder = folder.inEnvironment(environment)
    let (contents, failures) = await ProjectContents.prepare(fleet, tree: tree)
    if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
    return Project(
      folder: folder, fleet: fleet, findings: [], contents: contents, unreadContents: [:],
      store: try StateAccess.store(folder, project: fleet.project.name, state: fleet.project.state, options), tree: tree,
      revision: revision, head: head)
  }

  var rollbackGuard: RollbackGuard { RollbackGuard(folder: folder, state: fleet.project.state, head: head) }
}

/// The files of every Space of a fleet, hashed, with the way back to their bytes.
struct ProjectContents: ContentProvider {
  private let prepared: [SpaceID: PreparedContent]
  private let definitions: [SpaceID: SpaceDefinition]

  var manifests: [SpaceID: ContentManifest] { prepared.mapValues(\.manifest) }

  /// Reads and hashes all Spaces' files, on all cores, and says of which Spaces they cannot be read.
  static func prepare(
    _ fleet: Fleet, tree: any SourceTree
  ) async -> (contents: ProjectContents, failures: [SpaceID: Failure]) {
    let builder = ContentBuilder(tree: tree)
    let managed = fleet.spaces.filter(\.managesContent)
    let results = await withTaskGroup(of: (SpaceID, Result<PreparedContent?, Failure>).self) { group in
      for definition in managed {
        group.addTask {
          do throws(Failure) { return (definition.id, .success(try builder.prepare(definition))) } catch {
            return (definition.id, .failure(error))
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var prepared: [SpaceID: PreparedContent] = [:]
    var failures: [SpaceID: Failure] = [:]
    for (address, result) in results {
      switch result {
      case .success(let content): prepared[address] = content
      case .failure(let failure): failures[address] = failure
      }
    }
    let contents = ProjectContents(
      prepared: prepared, definitions: Dictionary(managed.map { ($0.id, $0) }) { first, _ in first })
    return (contents, failures)
  }

  func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    guard let content = prepared[space] else { throw missing(space) }
    return try content.bytes(of: path)
  }

  func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    guard let content = prepared[space] else { throw missing(space) }
    return try content.sample(of: path)
  }

  func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource {
    guard let content = prepared[space] else { throw missing(space) }
    return try content.byteSource(of: path)
  }

  func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme? {
    guard let content = prepared[space], let definition = definitions[space] else { throw missing(space) }
    guard definition.source == nil, let card = definition.card, let live else { return content.manifest.readme }
    return ReadmeComposer.overlay(card: card, sdk: definition.sdk, on: live)
  }

  private func missing(_ space: SpaceID) -> Failure {
    Failure(doing: "reading the files of \(space)", problem: "they were not prepared")
  }
}

extension LoadedDefinitions {
  /// All findings with their snippets, and how many files were checked.
  func humanText(style: Style) -> String {
    var report = HumanFindings(texts: texts, color: style.isColoured)
    return report.text(findings) + HumanFindings.summary(findings, filesChecked: filesChecked) + "\n"
  }
}
