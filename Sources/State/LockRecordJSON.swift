import SpaceModel

extension LockRecord {
  /// The record as the lock and its digest write it. What is empty or not managed is left out.
  var json: JSONValue {
    var members: [String: JSONValue] = ["id": .string(hubID)]
    if !settings.isEmpty { members["settings"] = .object(settings) }
    if let card { members["card"] = .object(card) }
    if !variables.isEmpty { members["variables"] = .object(variables.mapValues(\.json)) }
    if !secrets.isEmpty { members["secrets"] = .object(secrets.mapValues(\.json)) }
    if let volumes { members["volumes"] = .array(volumes.map(\.json)) }
    if let content { members["content"] = content.json }
    if !dependsOn.isEmpty { members["depends_on"] = .array(dependsOn.sorted().map { .string($0.description) }) }
    if preventDestroy { members["prevent_destroy"] = true }
    return .object(members)
  }
}

extension RecordedVariable {
  /// As in definitions: the bare value, or a table when there is a description.
  fileprivate var json: JSONValue {
    guard let note else { return .string(value) }
    return ["value": .string(value), "description": .string(note)]
  }
}

extension RecordedSecret {
  /// `updated_at` is always there: that the Hub named no time is something to compare with, too.
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["updated_at": updatedAt.map { .string($0.description) } ?? .null]
    if let version { members["version"] = .int(version) }
    if let fingerprint { members["fingerprint"] = .string(fingerprint) }
    return .object(members)
  }
}

extension RecordedContent {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["digest": .string(digest), "commit": .string(commit)]
    if let live { members["live"] = .string(live) }
    return .object(members)
  }
}
