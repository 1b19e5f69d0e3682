import Cryptography
import SpaceModel
import State

extension SpaceDefinition {
  /// The settings this definition manages, by their key in `Setting.all`, as the lock records them.
  public var managedSettings: [String: JSONValue] {
    var settings: [String: JSONValue] = [:]
    if let hardware { settings["hardware"] = .string(hardware.rawValue) }
    if let sleepTime, hardware?.hasFixedSleep == false { settings["sleep_time"] = .string(sleepTime.description) }
    if let visibility { settings["visibility"] = .string(visibility.rawValue) }
    if let region { settings["region"] = .string(region.rawValue) }
    if let resourceGroup { settings["resource_group"] = .string(resourceGroup) }
    if let devMode { settings["dev_mode"] = .bool(devMode) }
    if let replicas { settings["replicas"] = .int(replicas) }
    return settings
  }

  /// Everything a plan depends on, for the digest that tells whether a definition changed.
  var projection: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id.description), "sdk": .string(sdk.rawValue), "settings": .object(managedSettings),
      "depends_on": .array(dependsOn.map { .string($0.description) }),
      "prevent_destroy": .bool(lifecycle.preventDestroy),
      "ignore_changes": .array(lifecycle.ignoreChanges.map(JSONValue.string)),
      "wait": .array([.string(wait.condition.rawValue), .int(wait.timeout.seconds)]),
      "variables": .object(
        variables.mapValues { variable in
          ["value": .string(variable.value.projection), "note": variable.note.map(JSONValue.string) ?? .null]
        }),
      "secrets": .object(
        secrets.mapValues { secret in
          ["source": .string(secret.source.projection), "version": secret.version.map(JSONValue.int) ?? .null]
        }),
      "card": card.map(JSONValue.object) ?? .null,
    ]
    if let volumes { members["volumes"] = .array(volumes.sorted().map(\.json)) }
    if let template { members["template"] = .string(template) }
    if let movedFrom { members["moved_from"] = .string(movedFrom.description) }
    if let source {
      members["source"] = [
        "path": .string(source.path), "ignore": .array(source.ignore.map(JSONValue.string)), "prune": .bool(source.prune),
      ]
    }
    return .object(members)
  }
}

extension ValueTemplate {
  var projection: String { rendered { "${space.\($0).\($1.rawValue)}" } }
}

extension SecretSource {
  /// Where the value comes from, as text; the value itself is not in it.
  var projection: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    case .command(let words): "command:\(JSONValue.array(words.map(JSONValue.string)).canonicalText)"
    }
  }
}

extension ObservedSpace {
  /// The live values a plan compares, without stages and times that move by themselves.
  var projection: JSONValue {
    var members: [String: JSONValue] = [
      "hub_id": .string(info.hubID), "sha": info.sha.map(JSONValue.string) ?? .null,
      "private": info.isPrivate.map(JSONValue.bool) ?? .null,
      "hardware": info.runtime?.hardware.requested.map { .string($0.rawValue) } ?? .null,
      "sleep": info.runtime?.gcTimeout.map(JSONValue.int) ?? .null,
      "region": info.region.map { .string($0.rawValue) } ?? .null,
      "resource_group": info.resourceGroup.map { .string($0.id) } ?? .null,
    ]
    if let values = variables.value {
      members["variables"] = .object(
        values.mapValues { ["value": .string($0.value), "note": $0.description.map(JSONValue.string) ?? .null] })
    }
    if let values = secrets.value {
      members["secrets"] = .object(values.mapValues { $0.updatedAt.map { .string($0.description) } ?? .null })
    }
    if let values = volumes.value { members["volumes"] = .array(values.map(\.json)) }
    return .object(members)
  }
}

extension JSONValue {
  var digest: String { "sha256:" + Digest.sha256Hex(Array(canonicalText.utf8)) }
}
