import CtyCore
import HubAPI
import Reconciler
import SpaceModel
import State

/// What the Hub shows of a Space, as values of the resource.
struct SpaceValues {
  let observed: ObservedSpace
  /// The record that counts now.
  let record: LockRecord
  let endpoint: String

  private var info: SpaceInfo { observed.info }

  // MARK: What the Hub alone says

  var id: CtyValue { .string(info.address.description) }
  var owner: CtyValue { .string(info.address.owner) }
  var page: CtyValue { .string("\(endpoint)/spaces/\(info.address)") }
  var host: CtyValue { hostName.map(CtyValue.string) ?? .null }
  var url: CtyValue { hostName.map { .string("https://\($0)") } ?? .null }
  var stage: CtyValue { text(info.runtime?.stage.rawValue) }
  var currentHardware: CtyValue { text(info.runtime?.hardware.current?.rawValue) }
  var commit: CtyValue { text(info.sha) }
  /// Null as well when the head is another's commit: whether its files are ours is for the next change to find out.
  var contentDigest: CtyValue { record.content.flatMap { $0.commit == info.sha ? .string($0.digest) : nil } ?? .null }
  /// The times that the Hub shows, of the secrets that are ours; those that are gone are left out.
  var secretTimes: CtyValue {
    guard let live = observed.secrets.value else { return SpaceMemory(address: info.address, record: record).secretTimes }
    return SpaceMemory.secretTimes(live.filter { record.secrets[$0.key] != nil }.mapValues(\.updatedAt))
  }

  private var hostName: String? {
    if let host = info.host { return host.split(separator: "/").last.map(String.init) }
    // Static Spaces answer at their own domain (facts: hub-api section 2.6).
    return info.subdomain.map { $0 + (info.sdk == .static ? ".static.hf.space" : ".hf.space") }
  }

  private func text(_ text: String?) -> CtyValue { text.map(CtyValue.string) ?? .null }

  /// A computed attribute; nil for one that the configuration may set.
  func computed(_ name: String) -> CtyValue? {
    switch name {
    case "id": id
    case "page": page
    case "host": host
    case "url": url
    case "stage": stage
    case "current_hardware": currentHardware
    case "commit": commit
    case "content_digest": contentDigest
    case "secrets_updated_at": secretTimes
    default: nil
    }
  }

  // MARK: What can be set

  /// A setting as the Hub has it, in the words of the value that stands in the state where that means the same. What the Hub does not
  /// show stays as it is.
  func setting(_ name: String, over value: CtyValue) -> CtyValue {
    switch name {
    case "owner": return owner
    case "sdk": return info.sdk.map { .string($0.rawValue) } ?? value
    case "hardware":
      if info.sdk == .static { return .null }
      return info.runtime?.hardware.requested.map { .string($0.rawValue) } ?? value
    case "sleep_time": return sleepTime(over: value)
    case "visibility": return visibility(over: value)
    case "region": return info.region.map { .string($0.rawValue) } ?? value
    case "resource_group": return info.resourceGroup.map { .string($0.id) } ?? value
    case "dev_mode": return info.runtime?.devMode.map(CtyValue.bool) ?? value
    case "replicas":
      if case .fixed(let count)? = info.runtime?.replicas?.requested { return .int(count) }
      return value
    default: return value
    }
  }

  private func sleepTime(over value: CtyValue) -> CtyValue {
    // On free hardware the Hub shows its own fixed value, which says nothing about what was asked for.
    guard let requested = info.runtime?.hardware.requested, !requested.hasFixedSleep,
      let live = SleepTime(gcTimeout: info.runtime?.gcTimeout)
    else { return value }
    return value.stringValue.flatMap { SleepTime($0) } == live ? value : .string(live.description)
  }

  /// Lists show only whether a Space is private, which cannot tell `protected`.
  private func visibility(over value: CtyValue) -> CtyValue {
    if let live = info.visibility { return .string(live.rawValue) }
    guard let isPrivate = info.isPrivate else { return value }
    if value == .string(Visibility.protected.rawValue) { return value }
    return .string((isPrivate ? Visibility.private : .public).rawValue)
  }

  /// The variables that the state has, as they are; those that are gone are left out. One that is null is declared as none.
  func variables(over value: CtyValue) -> CtyValue {
    guard let ours = value.attributes, let live = observed.variables.value else { return value }
    return .fields(
      ours.reduce(into: [:]) { found, entry in
        found[entry.key] = entry.value.isNull ? .null : live[entry.key].map { .string($0.value) }
      })
  }

  func descriptions(over value: CtyValue) -> CtyValue {
    guard let ours = value.attributes, let live = observed.variables.value else { return value }
    return .fields(
      ours.reduce(into: [:]) { found, entry in
        found[entry.key] = entry.value.isNull ? .null : live[entry.key].map { .string($0.description ?? "") }
      })
  }

  func volumes(over value: CtyValue) -> CtyValue {
    guard let elements = value.elements, let live = observed.volumes.value else { return value }
    return Self.same(elements, live) ? value : .sequence(live.map(Self.value))
  }

  // MARK: Everything there is, for an import

  var allVariables: CtyValue {
    guard let live = observed.variables.value, !live.isEmpty else { return .null }
    return .fields(live.mapValues { .string($0.value) })
  }

  var allDescriptions: CtyValue {
    let notes = (observed.variables.value ?? [:]).compactMapValues(\.description).filter { !$0.value.isEmpty }
    return notes.isEmpty ? .null : .fields(notes.mapValues(CtyValue.string))
  }

  var allVolumes: CtyValue {
    guard let live = observed.volumes.value, !live.isEmpty else { return .null }
    return .sequence(live.map(Self.value))
  }

  // MARK: Volumes

  /// Whether written volumes mean these.
  static func same(_ written: [CtyValue], _ volumes: [Volume]) -> Bool {
    written.compactMap(volume).sorted() == volumes.sorted() && written.count == volumes.count
  }

  static func volume(_ value: CtyValue) -> Volume? {
    guard let kind = value["type"].stringValue.flatMap(Volume.Kind.init(rawValue:)), let source = value["source"].stringValue,
      let mount = value["mount"].stringValue
    else { return nil }
    return Volume(
      kind: kind, source: source, mount: mount, readOnly: value["read_only"].boolValue, revision: value["revision"].stringValue,
      path: value["path"].stringValue)
  }

  /// A volume as it would be written: nothing that goes without saying.
  private static func value(_ volume: Volume) -> CtyValue {
    .fields([
      "type": .string(volume.kind.rawValue), "source": .string(volume.source), "mount": .string(volume.mount),
      "read_only": volume.kind == .bucket && volume.readOnly ? .bool(true) : .null,
      "revision": volume.revision.map(CtyValue.string) ?? .null, "path": volume.path.map(CtyValue.string) ?? .null,
    ])
  }
}
