import Content
import Cryptography
import Diagnostics
import Files
import Foundation
import HubAPI
import HubSimulator
import Reconciler
import SpaceModel
import State

/// A fleet with everything that can go wrong in it: variables, secrets, a volume, paid hardware, a reference, a dependency.
struct SimulatedFleet: ContentProvider {
  let fleet: Fleet
  private let files: [SpaceID: [String: [UInt8]]]
  let manifests: [SpaceID: ContentManifest]
  private let readmes: [SpaceID: Readme]

  static func address(_ name: String) throws -> SpaceID {
    guard let id = SpaceID(owner: "acme", name: name) else { throw Failure(doing: "naming a Space", problem: name) }
    return id
  }

  /// - Parameter edition: changes every Space's files and variables a little.
  init(edition: Int = 1) throws {
    var spaces: [SpaceDefinition] = []
    var files: [SpaceID: [String: [UInt8]]] = [:]
    for name in ["api", "studio", "store", "gpu", "site"] {
      let id = try Self.address(name)
      var space = SpaceDefinition(id: id, file: "spaces/\(name).space.yaml", sdk: name == "site" ? .static : .docker)
      space.visibility = .private
      space.source = ContentSource(path: "apps/\(name)")
      space.wait = WaitPolicy(condition: .running)
      files[id] = [
        name == "site" ? "index.html" : "Dockerfile": Array("FROM scratch\n# \(name) \(edition)\n".utf8),
        "data.txt": Array("edition \(edition)\n".utf8),
      ]
      if name != "site" { space.variables["EDITION"] = VariableDeclaration(value: ValueTemplate("\(edition)")) }
      spaces.append(space)
    }
    spaces[1].variables["API"] = VariableDeclaration(
      value: ValueTemplate(parts: [.reference(try Self.address("api"), .url)]))
    spaces[1].dependsOn = [try Self.address("api")]
    spaces[2].secrets["KEY"] = SecretDeclaration(source: .environment("KEY"), version: edition)
    spaces[2].volumes = [Volume(kind: .bucket, source: "acme/data", mount: "/data")]
    spaces[3].hardware = edition == 1 ? "t4-small" : "t4-medium"
    spaces[3].sleepTime = .after(seconds: 3600)
    fleet = Fleet(project: Project(name: "simulation", owner: "acme"), spaces: spaces)
    self.files = files
    var manifests: [SpaceID: ContentManifest] = [:]
    var readmes: [SpaceID: Readme] = [:]
    for space in spaces {
      let readme = ReadmeComposer.compose(source: nil, card: nil, sdk: space.sdk, name: space.id.name)
      let listed = (files[space.id] ?? [:]).sorted { $0.key < $1.key }.map { path, bytes in
        ContentFile(
          path: path, size: bytes.count,
          id: ContentID(git: Digest.gitBlobID(bytes), sha256: Digest.sha256Hex(bytes)))
      }
      readmes[space.id] = readme
      manifests[space.id] = ContentManifest(
        files: listed, readme: readme, digest: ContentDigest.of(files: listed, readme: readme), managesFiles: true)
    }
    self.manifests = manifests
    self.readmes = readmes
  }

  func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    guard let bytes = files[space]?[path] else { throw Failure(doing: "reading \(path)", problem: "it is not there") }
    return bytes
  }

  func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] {
    Array(try bytes(of: path, in: space).prefix(512))
  }

  func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource { .bytes(try bytes(of: path, in: space)) }

  func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme? { readmes[space] }
}
