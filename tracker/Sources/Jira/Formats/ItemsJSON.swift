import SpaceModel

/// The exported items in one file of our own, from which `diff` tells what another export would change. No Jira reads it.
enum ItemsJSON {
  static let name = "items.json"

  static func text(_ set: ExportSet) -> [UInt8] {
    var text = Array("{\n  \"format_version\": 1,\n  \"project\": \(JSONValue.string(set.project.key).canonicalText),\n".utf8)
    text += "  \"items\": {".utf8
    for (place, item) in set.items.enumerated() {
      text += (place == 0 ? "\n    " : ",\n    ").utf8
      text += "\(JSONValue.string(item.id.description).canonicalText): ".utf8
      text += value(item).canonicalText.utf8
    }
    text += "\n  }\n}\n".utf8
    return text
  }

  static func value(_ item: ExportItem) -> JSONValue {
    func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
    return [
      "type": .string(item.kind.rawValue), "summary": .string(item.summary), "description": .string(item.wiki),
      "parent": item.parent.map { .string($0.description) } ?? .null, "priority": .string(item.priority),
      "labels": strings(item.labels), "components": strings(item.components), "versions": strings(item.versions),
      "due": item.due.map { .string($0.description) } ?? .null,
      "estimate_seconds": item.estimate.map { .int($0.seconds) } ?? .null, "delivered": .bool(item.isDelivered),
      "blocks": strings(item.blocks.map(\.description)), "relates": strings(item.relates.map(\.description)),
    ]
  }
}
