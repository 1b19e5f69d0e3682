import Content
import Cryptography
import Diagnostics
import HubAPI
import Reconciler
import SpaceModel

/// The definitions of a project at one moment, and the files that belong to them.
struct SimulatedProject: ContentProvider {
  static let name = "simulation"

  let fleet: Fleet
  let manifests: [SpaceID: ContentManifest]
  let secrets: [SpaceID: [String: Secret]]
  private let files: [SpaceID: [String: [UInt8]]]

  init(_ blueprints: [Blueprint], removed: [Removal], environment: String?) {
    let byNumber = Dictionary(blueprints.map { ($0.number, $0) }) { first, _ in first }
    var files: [SpaceID: [String: [UInt8]]] = [:]
    var manifests: [SpaceID: ContentManifest] = [:]
    var secrets: [SpaceID: [String: Secret]] = [:]
    var spaces: [SpaceDefinition] = []
    for blueprint in blueprints {
      let space = blueprint.definition(byNumber)
      spaces.append(space)
      secrets[space.id] = Dictionary(
        blueprint.secrets.map { ($0, Secret(Blueprint.secretValue(blueprint.number, $0, $1))) }
      ) { first, _ in first }
      guard blueprint.content != .none else { continue }
      if blueprint.content == .files { files[space.id] = blueprint.bytes }
      manifests[space.id] = Self.manifest(space, files[space.id] ?? [:])
    }
    fleet = Fleet(
      project: Project(name: Self.name, owner: "acme", environment: environment, removed: removed), spaces: spaces)
    self.files = files
    self.manifests = manifests
    self.secrets = secrets
  }

  private static func manifest(_ space: SpaceDefinition, _ files: [String: [UInt8]]) -> ContentManifest {
    let managesFiles = space.source != nil
    let readme =
      managesFiles
      ? ReadmeComposer.compose(source: nil, card: space.card, sdk: space.sdk, name: space.id.name)
      : ReadmeComposer.overlay(
        card: space.card ?? [:], sdk: space.sdk, on: Readme(frontMatter: [:], body: "", text: ""))
    let listed = files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, bytes in
      ContentFile(
        path: path, size: bytes.count, id: ContentID(git: Digest.gitBlobID(bytes), sha256: Digest.sha256Hex(bytes)))
    }
    return ContentManifest(
      files: listed, readme: readme, digest: ContentDigest.of(files: listed, readme: readme), managesFiles: managesFiles)
  }

  func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    guard let bytes = files[space]?[path] else { throw Failure(doing: "reading \(path)", problem: "it is not there") }
    return bytes
  }

  func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    Array(try bytes(of: path, in: space).prefix(512))
  }

  func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource { .bytes(try bytes(of: path, in: space)) }

  func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme? {
    guard let definition = fleet[space] else { return nil }
    guard definition.source == nil, let card = definition.card, let live else { return manifests[space]?.readme }
    return ReadmeComposer.overlay(card: card, sdk: definition.sdk, on: live)
  }
}
