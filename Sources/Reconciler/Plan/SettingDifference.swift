import HubAPI
import SpaceModel
import State

/// Compares the settings that stand directly in a definition. Null and absent are never a difference: what the Hub does not
/// show is compared with the lock (DESIGN section 6).
struct SettingDifference {
  var changes: [Change] = []
  /// The change of `visibility`, if any, makes the Space more private.
  var tightens = false
  /// Fixed at creation and different now.
  var requiresReplacement = false

  init(definition: SpaceDefinition, record: LockRecord?, info: SpaceInfo) {
    for (key, wanted) in definition.managedSettings.sorted(by: { $0.key < $1.key })
    where !definition.lifecycle.ignores(key) {
      let recorded = record?.settings[key]
      guard let change = Self.change(key, wanted: wanted, recorded: recorded, info: info) else { continue }
      changes.append(change)
      if key == "region" { requiresReplacement = true }
      if key == "visibility" {
        let old = change.old?.stringValue.flatMap(Visibility.init(rawValue:)) ?? .public
        tightens = (definition.visibility ?? .private).openness < old.openness
      }
    }
  }

  private static func change(_ key: String, wanted: JSONValue, recorded: JSONValue?, info: SpaceInfo) -> Change? {
    let effect = Setting[key]?.effect ?? .inPlace
    if key == "visibility" {
      guard let old = visibilityDifference(wanted: wanted, recorded: recorded, info: info) else { return nil }
      return Change(path: key, old: old, new: wanted, effect: effect, origin: recorded == wanted ? .drift : .wanted)
    }
    let live = observed(key, info)
    guard let seen = live ?? recorded else {
      // Nothing seen and nothing recorded: the Hub's default at creation decides.
      return Setting[key]?.creationDefault == wanted.settingText
        ? nil : Change(path: key, old: nil, new: wanted, effect: effect)
    }
    guard seen != wanted else { return nil }
    return Change(
      path: key, old: seen, new: wanted, effect: effect,
      origin: live != nil && recorded == wanted ? .drift : .wanted)
  }

  /// The live value of a setting, in the form of definitions; nil when this answer does not show it.
  private static func observed(_ key: String, _ info: SpaceInfo) -> JSONValue? {
    switch key {
    case "hardware": return info.runtime?.hardware.requested.map { .string($0.rawValue) }
    case "sleep_time":
      // On free hardware the Hub shows its own fixed value, which says nothing about what was asked for.
      guard let requested = info.runtime?.hardware.requested, !requested.hasFixedSleep else { return nil }
      return SleepTime(gcTimeout: info.runtime?.gcTimeout).map { .string($0.description) }
    case "region": return info.region.map { .string($0.rawValue) }
    case "resource_group": return info.resourceGroup.map { .string($0.id) }
    case "dev_mode": return info.runtime?.devMode.map(JSONValue.bool)
    case "replicas":
      if case .fixed(let count)? = info.runtime?.replicas?.requested { return .int(count) }
      return nil
    default: return nil
    }
  }

  /// The old visibility when it differs. Lists show only whether a Space is private, which cannot tell `protected`; what is
  /// consistent with the flag and equal to the recorded value is no difference (facts: hub-api section 10, question 3).
  private static func visibilityDifference(wanted: JSONValue, recorded: JSONValue?, info: SpaceInfo) -> JSONValue? {
    if let live = info.visibility {
      return .string(live.rawValue) == wanted ? nil : .string(live.rawValue)
    }
    guard let isPrivate = info.isPrivate else {
      // Apart, for in one expression `nil` would be the JSON null.
      if recorded == wanted { return nil }
      return recorded ?? .null
    }
    if wanted == .string(Visibility.protected.rawValue) {
      return recorded == wanted ? nil : .string(isPrivate ? "private" : "public")
    }
    let wantsPrivate = wanted == .string(Visibility.private.rawValue)
    if wantsPrivate != isPrivate { return .string(isPrivate ? recordedPrivate(recorded) : "public") }
    return recorded == .string(Visibility.protected.rawValue) ? recorded : nil
  }

  private static func recordedPrivate(_ recorded: JSONValue?) -> String {
    recorded == .string(Visibility.protected.rawValue) ? Visibility.protected.rawValue : Visibility.private.rawValue
  }
}

extension Visibility {
  /// How much is open to all: nothing, the app, everything.
  var openness: Int {
    switch self {
    case .private: 0
    case .protected: 1
    case .public: 2
    }
  }
}

extension JSONValue {
  /// The value as `Setting.creationDefault` writes it.
  fileprivate var settingText: String? {
    switch self {
    case .string(let value): value
    case .int(let value): String(value)
    case .bool(let value): String(value)
    default: nil
    }
  }
}
