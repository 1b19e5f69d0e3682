import Files
import SpaceModel
import YAML

/// Reads a Space's file, with defaults under it, into a draft.
struct SpaceReader: Sendable {
  let project: ProjectFile

  /// - Parameter readme: what is known of a source folder's README.
  func draft(_ root: YAMLNode, file: String, readme: (String) -> SourceReadme?) -> SpaceDraft? {
    guard root.entries != nil else { return nil }
    let space = Layered(Layered.Layer(file: file, isDefault: false, key: nil, node: root), over: project.defaultLayers)
    // `name` is the file's alone; `defaults` may not hold it, and the schema check says so there.
    let own = space.alone
    let name = own.text("name")
    let top = Place(
      file: file, keyStart: root.start, keyEnd: root.start, start: root.start, end: root.start, isDefault: false)
    var draft = SpaceDraft.Contents(file: file, namePlace: name?.place ?? top)
    draft.name = name?.value
    readAddress(space, into: &draft)
    readSource(space, into: &draft)
    draft.readme = draft.source.flatMap { readme($0.value.path) }
    readSettings(space, into: &draft)
    readCard(space, into: &draft)
    readKeys(space, into: &draft)
    readVolumes(space, into: &draft)
    readBehaviour(space, own, into: &draft)
    return SpaceDraft(draft)
  }

  private func readAddress(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    let own = space.text("owner")
    let environmentOwner = project.environment?.owner
    // An owner in the Space's own file is the nearest; the environment's comes before the defaults' and the project's.
    draft.owner = own.flatMap { $0.place.isDefault ? nil : $0 } ?? environmentOwner ?? own ?? project.owner
    guard let name = draft.name else { return }
    if let base = (own ?? project.owner)?.value { draft.baseID = SpaceID(owner: base, name: name) }
    if let owner = draft.owner?.value {
      draft.id = SpaceID(owner: owner, name: name + (project.environment?.suffix?.value ?? ""))
    }
    if project.environment == nil { draft.baseID = draft.id }
  }

  private func readSource(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    guard let source = space["source"], let path = source.text("path") else { return }
    draft.sourcePath = path
    guard let clean = ProjectPath.normal(path.value) else { return }
    draft.source = Placed(
      ContentSource(
        path: clean, ignore: source.texts("ignore")?.map(\.value) ?? [], prune: source.flag("prune")?.value ?? true),
      source.place)
  }

  private func readSettings(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    draft.sdk = space.text("sdk")?.map(SDK.init(rawValue:))
    draft.hardware = space.text("hardware")?.map(Flavour.init(rawValue:))
    if draft.isStatic, draft.hardware?.place.isDefault == true { draft.hardware = nil }
    draft.sleepTime = space.text("sleep_time")?.map { SleepTime($0) }
    if draft.sleepTime?.place.isDefault == true, draft.flavour?.hasFixedSleep ?? true { draft.sleepTime = nil }
    draft.visibility = space.text("visibility")?.map(Visibility.init(rawValue:))
    draft.region = space.text("region")?.map(Region.init(rawValue:))
    draft.resourceGroup = space.text("resource_group")
    draft.template = space.text("template")
    draft.devMode = space.flag("dev_mode")
    draft.replicas = space.count("replicas")
    if draft.isStatic {
      if draft.devMode?.place.isDefault == true { draft.devMode = nil }
      if draft.replicas?.place.isDefault == true { draft.replicas = nil }
    }
  }

  private func readCard(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    guard let card = space["card"], card.node.entries != nil else {
      draft.card = Card(readme: draft.readme?.entries ?? [])
      return
    }
    var members: [Card.Member] = []
    for (name, value) in card.members {
      if name == "extra" {
        for (key, extra) in value.members {
          members.append(Card.Member(hubName: key, written: "extra.\(key)", origin: .definition, isExtra: true, value: extra))
        }
      } else {
        members.append(
          Card.Member(hubName: CardKeys.hubName(of: name), written: name, origin: .definition, value: value))
      }
    }
    draft.card = Card(declared: members, readme: draft.readme?.entries ?? [])
    draft.cardPlace = card.place
  }

  private func readKeys(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    for (key, value) in space["variables"]?.members ?? [] {
      let inner = value.node.entries == nil ? value : value["value"]
      guard let inner, let text = inner.written else { continue }
      draft.variables.append(
        DraftVariable(
          key: key, value: TemplateText(text), note: value.node.entries == nil ? nil : value.text("description")?.value,
          place: Place(
            file: inner.place.file, keyStart: value.place.keyStart, keyEnd: value.place.keyEnd, start: inner.place.start,
            end: inner.place.end, isDefault: inner.place.isDefault),
          lead: SpaceReader.lead(of: inner.node)))
    }
    for (key, value) in space["secrets"]?.members ?? [] {
      // A source over another source would give two: the nearest secret counts alone.
      let secret = value.alone
      draft.secrets.append(
        DraftSecret(
          key: key, source: SpaceReader.source(of: secret), version: secret.count("version")?.value, place: secret.place,
          filePlace: secret.text("file")?.place))
    }
  }

  private static func source(of secret: Layered) -> SecretSource? {
    if let name = secret.text("env") { return .environment(name.value) }
    if let path = secret.text("file") { return .file(path.value) }
    if let command = secret.texts("command"), !command.isEmpty { return .command(command.map(\.value)) }
    return nil
  }

  /// 0 for a bare value, 1 for one in quotes; nil when the text on the page is not the text it means.
  private static func lead(of node: YAMLNode) -> Int? {
    guard let scalar = node.scalar, node.start.line == node.end.line else { return nil }
    let width = node.end.column - node.start.column
    let count = scalar.text.unicodeScalars.count
    switch scalar.style {
    case .plain: return width == count ? 0 : nil
    case .quoted: return width == count + 2 ? 1 : nil
    case .block: return nil
    }
  }

  private func readVolumes(_ space: Layered, into draft: inout SpaceDraft.Contents) {
    guard let list = space["volumes"], let elements = list.node.elements else { return }
    let volumes = elements.compactMap { node -> DraftVolume? in
      let element = list.element(node)
      guard let kind = element.text("type").flatMap({ Volume.Kind(rawValue: $0.value) }),
        let source = element.text("source")?.value, let mount = element.text("mount")?.value
      else { return nil }
      let (readOnly, revision) = (element.flag("read_only"), element.text("revision"))
      let volume = Volume(
        kind: kind, source: source, mount: mount, readOnly: readOnly?.value, revision: revision?.value,
        path: element.text("path")?.value)
      return DraftVolume(
        value: volume, place: element["mount"]?.place ?? element.place, readOnly: readOnly, revision: revision)
    }
    draft.volumes = Placed(volumes, list.place)
  }

  private func readBehaviour(_ space: Layered, _ own: Layered, into draft: inout SpaceDraft.Contents) {
    let wait = space["wait"]
    draft.waitFor = wait?.text("for").flatMap { $0.map(WaitPolicy.Condition.init(rawValue:)) }
    draft.waitTimeout = wait?.text("timeout").flatMap { $0.map { TimeSpan($0) } }
    let lifecycle = space["lifecycle"]
    draft.preventDestroy = lifecycle?.flag("prevent_destroy")?.value ?? false
    draft.ignoreChanges = lifecycle?.texts("ignore_changes") ?? []
    draft.movedFrom = own.text("moved_from")?.map { SpaceID($0) }
    draft.dependsOn = space.texts("depends_on") ?? []
  }
}

extension Layered {
  /// The merged value as data.
  var json: JSONValue {
    guard node.entries != nil else { return node.json }
    return .object(Dictionary(members.map { ($0.name, $0.value.json) }, uniquingKeysWith: { first, _ in first }))
  }
}
