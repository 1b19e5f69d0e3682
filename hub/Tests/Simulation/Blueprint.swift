import HubAPI
import SpaceModel

/// One Space as a simulated team declares it: edited at random, and valid after every edit.
package struct Blueprint: Hashable, Sendable {
  /// The same through renames.
  package let number: Int
  var name: String
  var movedFrom: SpaceID?
  var sdk = SDK.docker
  var hardware: Flavour? = .cpuBasic
  var sleep: SleepTime?
  var visibility: Visibility?
  var replicas: Int?
  var devMode: Bool?
  var hasGroup = false
  var variables: [String: String] = [:]
  var notes: [String: String] = [:]
  /// Numbers of the Spaces whose address and URL its variables name.
  var references: Set<Int> = []
  var dependsOn: Set<Int> = []
  /// Versions by key.
  var secrets: [String: Int] = [:]
  var volumes: [Volume]?
  var content = Content.files
  var files: [String: String] = ["data.txt": "0"]
  var title: String?
  var prunes = true
  /// Its build fails.
  var isBroken = false
  /// Whether it ever was, so that the Space may have files that do not build.
  var ignores: Set<String> = []
  var preventsDestroy = false
  var waits = true

  /// What of the Space's repository is declared.
  enum Content: Int, Hashable, Sendable { case none, card, files }

  init(number: Int) {
    self.number = number
    name = "s\(number)"
  }

  var id: SpaceID { Blueprint.address(name) }

  static func address(_ name: String) -> SpaceID {
    guard let id = SpaceID(owner: "acme", name: name) else { preconditionFailure("\(name) is no name") }
    return id
  }

  var isPaid: Bool { hardware.flatMap { HardwareCatalogue.published[$0] }?.isPaid ?? false }

  /// The value of a secret: the canary that may be nowhere but on the Hub.
  static func secretValue(_ number: Int, _ key: String, _ version: Int) -> String { "canary-\(number)-\(key)-v\(version)" }
  static let canary = "canary-"

  var bytes: [String: [UInt8]] {
    var files = self.files.mapValues { Array("\($0)\n".utf8) }
    switch sdk {
    case .docker: files["Dockerfile"] = Array("FROM scratch\n\(isBroken ? "# spaceform-hub: build-error\n" : "")".utf8)
    case .static: files["index.html"] = Array("<p>\(name)</p>\n".utf8)
    default: files["app.py"] = Array("import gradio\n\(isBroken ? "# spaceform-hub: build-error\n" : "")".utf8)
    }
    return files
  }

  /// What `*.space.yaml` would be read as.
  /// - Parameter others: by number, for references; those that are gone are left out.
  func definition(_ others: [Int: Blueprint]) -> SpaceDefinition {
    var space = SpaceDefinition(id: id, file: "spaces/\(name).space.yaml", sdk: sdk)
    space.hardware = sdk == .static ? nil : hardware
    space.sleepTime = isPaid ? sleep : nil
    space.visibility = visibility
    space.replicas = isPaid ? replicas : nil
    space.devMode = sdk == .static ? nil : devMode
    space.resourceGroup = hasGroup ? "66670e5163145ca562cb1988" : nil
    for (key, value) in variables {
      space.variables[key] = VariableDeclaration(value: ValueTemplate(value), note: notes[key])
    }
    for other in references.sorted() where other != number {
      guard let target = others[other] else { continue }
      space.variables["URL_\(other)"] = VariableDeclaration(
        value: ValueTemplate(parts: [.reference(target.id, .url), .text("/"), .reference(target.id, .id)]))
    }
    space.dependsOn = dependsOn.sorted().compactMap { $0 == number ? nil : others[$0]?.id }
    if sdk != .static {
      for (key, version) in secrets { space.secrets[key] = SecretDeclaration(source: .environment(key), version: version) }
      space.volumes = volumes
    }
    if content == .files { space.source = ContentSource(path: "apps/\(number)", prune: prunes) }
    if content == .card { space.card = ["title": .string(title ?? name)] }
    if content == .files, let title { space.card = ["title": .string(title)] }
    space.wait = WaitPolicy(condition: waits && content == .files ? .running : .none)
    space.lifecycle = Lifecycle(preventDestroy: preventsDestroy, ignoreChanges: ignores.sorted())
    space.movedFrom = movedFrom
    return space
  }
}
