import Diagnostics
import SpaceModel

/// The JSON form of a plan: what `--format json` prints and `--out` saves (docs/formats.md, "Plan").
extension Plan {
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "format_version": .int(Plan.formatVersion),
      "operations_digest": .string(operationsDigest),
      "project": .string(project),
      "hub": .string(hub),
      "refresh": .string(refresh.rawValue),
      // Nothing live was seen that a plan without a refresh could be bound to.
      "bindings": .object(
        refresh == .nothing
          ? [:] : Dictionary(actionable.map { ($0.address.description, $0.binding.json) }) { first, _ in first }),
      "findings": .array(refusals.map(\.json)),
      "spaces": .array(spaces.map(\.json)),
      "totals": totals.json,
    ]
    if !selection.isEverything {
      members["selection"] = [
        "target": .array(selection.targets.map(JSONValue.string)), "exclude": .array(selection.excludes.map(JSONValue.string)),
        "left_out": .int(leftOut),
      ]
    }
    return .object(members)
  }

  /// SHA-256 over what would be done, without prices, stages, quota or predictions: equal for equal work.
  public var operationsDigest: String { PlanOperations.digest(ofSpaces: spaces.map(\.json)) }
}

/// The part of a plan's JSON that says what would be done.
enum PlanOperations {
  static func digest(ofSpaces spaces: [JSONValue]) -> String {
    JSONValue.array(spaces.compactMap(operations)).digest
  }

  /// Nil for a Space to which nothing is done.
  private static func operations(of space: JSONValue) -> JSONValue? {
    guard space["action"] != "none", space["blocked"] == nil else { return nil }
    return [
      "address": space["address"] ?? .null,
      "action": space["action"] ?? .null,
      "moved_from": space["moved_from"] ?? .null,
      "changes": .array(
        (space["changes"]?.arrayValue ?? []).map { change in
          let isPredicted = change["predicted"] == true
          return [
            "path": change["path"] ?? .null, "old": change["old"] ?? .null,
            "new": isPredicted ? .null : change["new"] ?? .null,
          ]
        }),
      "files": .array(
        (space["files"]?.arrayValue ?? []).map { file in
          [
            "path": file["path"] ?? .null, "op": file["op"] ?? .null, "old": file["old"] ?? .null, "new": file["new"] ?? .null,
          ]
        }),
    ]
  }
}

extension SpacePlan {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "address": .string(address.description), "action": .string(action.rawValue), "origin": .string(origin.rawValue),
      "changes": .array(changes.map(\.json)), "files": .array(files.map(\.json)),
      "effect": .string(effect.rawValue),
    ]
    if let blocked { members["blocked"] = blocked.json }
    if let blockedContent { members["blocked_content"] = blockedContent.json }
    if let movedFrom { members["moved_from"] = .string(movedFrom.description) }
    if !notes.isEmpty { members["notes"] = .array(notes.map(JSONValue.string)) }
    if !foreignCommits.isEmpty { members["foreign_commits"] = .array(foreignCommits.map(JSONValue.string)) }
    if !unmanaged.isEmpty {
      members["unmanaged"] = [
        "variables": .array(unmanaged.variables.map(JSONValue.string)),
        "secrets": .array(unmanaged.secrets.map(JSONValue.string)),
      ]
    }
    if let stage { members["stage"] = .string(stage.rawValue) }
    return .object(members)
  }
}

extension Change {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "old": old ?? .null, "new": new ?? .null, "effect": .string(effect.rawValue),
      "origin": .string(origin.rawValue),
    ]
    if isPredicted { members["predicted"] = true }
    if isSecret { members["secret"] = true }
    return .object(members)
  }
}

extension FileChange {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "op": .string(operation.rawValue), "old": old.map(JSONValue.string) ?? .null,
      "new": new.map(JSONValue.string) ?? .null, "size": .int(size),
    ]
    switch difference {
    case .hunks(let text): members["diff"] = .string(text)
    case .omitted(let reason): members["diff_omitted"] = .string(reason)
    case nil: break
    }
    return .object(members)
  }
}

extension Refusal {
  fileprivate var json: JSONValue {
    ["reason": .string(reason), "help": .string(help), "exit_status": .int(Int(status.rawValue))]
  }
}

extension Binding {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [:]
    for (name, digest) in named { members[name] = digest.map(JSONValue.string) ?? .null }
    return .object(members)
  }

  /// Every part by the name messages use.
  var named: [(String, String?)] {
    [("definition", definition), ("content", content), ("record", record), ("live", live)]
  }
}

extension Totals {
  fileprivate var json: JSONValue {
    [
      "restarts": .int(restarts), "restarts_at_most": .int(restartsAtMost), "rebuilds": .int(rebuilds), "calls": .int(calls),
      "quota_left": quotaLeft.map(JSONValue.int) ?? .null,
      "usd_upper": ["before": .double(upperBefore.usd), "after": .double(upperAfter.usd)],
      "usd_estimate": ["before": .double(estimateBefore.usd), "after": .double(estimateAfter.usd)],
      "unpriced": .array(unpriced.map { .string($0.rawValue) }),
    ]
  }
}
