import Definitions
import SpaceModel

/// One Space as the arguments of a `huggingface_space`.
struct TerraformSpace {
  private let space: SpaceDefinition
  private let labels: TerraformLabels
  private let projectPath: String

  init(_ space: SpaceDefinition, labels: TerraformLabels, projectPath: String) {
    self.space = space
    self.labels = labels
    self.projectPath = projectPath
  }

  func write(_ block: inout HCLWriter) {
    block.attributes(settings)
    for member in tables { block.attributes([member]) }
    if !space.dependsOn.isEmpty {
      block.attribute("depends_on", .list(space.dependsOn.sorted().map { .expression("huggingface_space.\(labels[$0])") }))
    }
    let ignored = Set(space.lifecycle.ignoreChanges.flatMap(Self.ignored)).sorted()
    if space.lifecycle.preventDestroy || !ignored.isEmpty {
      block.block("lifecycle") { block in
        var members: [HCL.Member] = []
        if space.lifecycle.preventDestroy { members.append(HCL.Member(name: "prevent_destroy", value: .expression("true"))) }
        if !ignored.isEmpty {
          members.append(HCL.Member(name: "ignore_changes", value: .list(ignored.map(HCL.expression))))
        }
        block.attributes(members)
      }
    }
  }

  /// What fits on a line.
  private var settings: [HCL.Member] {
    var settings: [HCL.Member] = []
    func add(_ name: String, _ value: HCL?) {
      if let value { settings.append(HCL.Member(name: name, value: value)) }
    }
    add("name", .text(space.id.name))
    add("owner", .text(space.id.owner))
    add("sdk", .text(space.sdk.rawValue))
    add("hardware", space.hardware.map { .text($0.rawValue) })
    add("sleep_time", space.sleepTime.map { .text($0.description) })
    add("visibility", space.visibility.map { .text($0.rawValue) })
    add("region", space.region.map { .text($0.rawValue) })
    add("resource_group", space.resourceGroup.map(HCL.text))
    add("template", space.template.map(HCL.text))
    add("dev_mode", space.devMode.map { .expression($0 ? "true" : "false") })
    add("replicas", space.replicas.map { .expression("\($0)") })
    return settings
  }

  /// What takes several lines.
  private var tables: [HCL.Member] {
    var tables: [HCL.Member] = []
    func add(_ name: String, _ members: [HCL.Member]) {
      if !members.isEmpty { tables.append(HCL.Member(name: name, value: .object(members))) }
    }
    add("source", source)
    add("card", card)
    add("variables", HCL.members(space.variables.mapValues { value($0.value) }))
    add("variable_descriptions", HCL.members(space.variables.compactMapValues { $0.note.map(HCL.text) }))
    add(
      "secrets",
      HCL.members(
        Dictionary(
          uniqueKeysWithValues: space.secrets.keys.map { ($0, HCL.expression("var.\(labels.variable(of: $0, in: space.id))")) })
      ))
    let versions = space.secrets.values.compactMap(\.version)
    if !versions.isEmpty {
      tables.append(HCL.Member(name: "secrets_version", value: .expression("\(versions.reduce(0, +))")))
    }
    if let volumes = space.volumes {
      tables.append(HCL.Member(name: "volumes", value: .list(volumes.sorted().map { .object(volume($0)) })))
    }
    add("wait", wait)
    return tables
  }

  private var source: [HCL.Member] {
    guard let source = space.source else { return [] }
    let path = source.path == "." ? projectPath : "\(projectPath)/\(source.path)"
    var members = [HCL.Member(name: "path", value: .template([.expression("path.module"), .text("/\(path)")]))]
    if !source.ignore.isEmpty { members.append(HCL.Member(name: "ignore", value: .list(source.ignore.map(HCL.text)))) }
    if !source.prune { members.append(HCL.Member(name: "prune", value: .expression("false"))) }
    return members
  }

  private var card: [HCL.Member] {
    var own: [String: HCL] = [:]
    var extra: [String: HCL] = [:]
    for (name, value) in space.card ?? [:] {
      if let ownName = CardKeys.ownName(of: name) { own[ownName] = HCL(value) } else { extra[name] = HCL(value) }
    }
    if !extra.isEmpty { own["extra"] = .object(HCL.members(extra)) }
    return HCL.members(own)
  }

  private var wait: [HCL.Member] {
    let usual = WaitPolicy(condition: space.managesContent || space.template != nil ? .running : .none)
    guard space.wait != usual else { return [] }
    var members = [HCL.Member(name: "until", value: .text(space.wait.condition.rawValue))]
    if space.wait.timeout != usual.timeout {
      members.append(HCL.Member(name: "timeout", value: .text(space.wait.timeout.description)))
    }
    return members
  }

  private func volume(_ volume: Volume) -> [HCL.Member] {
    var members = [
      HCL.Member(name: "type", value: .text(volume.kind.rawValue)), HCL.Member(name: "source", value: .text(volume.source)),
      HCL.Member(name: "mount", value: .text(volume.mount)),
    ]
    if volume.kind == .bucket, volume.readOnly { members.append(HCL.Member(name: "read_only", value: .expression("true"))) }
    if let revision = volume.revision { members.append(HCL.Member(name: "revision", value: .text(revision))) }
    if let path = volume.path { members.append(HCL.Member(name: "path", value: .text(path))) }
    return members
  }

  private func value(_ template: ValueTemplate) -> HCL {
    .template(
      template.parts.map { part in
        switch part {
        case .text(let text): .text(text)
        case .reference(let address, let attribute):
          .expression("huggingface_space.\(labels[address]).\(attribute.rawValue)")
        }
      })
  }

  /// A definition path as an argument of the resource.
  private static func ignored(_ path: String) -> [String] {
    path == "content" ? ["card", "source"] : [String(path.prefix { $0 != "." })]
  }

  /// Whether what is ignored there is no more than what the definition says.
  static func canIgnore(_ path: String) -> Bool { !path.contains(".") }
}
