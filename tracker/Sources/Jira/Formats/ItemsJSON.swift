import Diagnostics
import SpaceModel

/// The exported items in one file of our own, from which `diff` tells what another export would change. No Jira reads it.
enum ItemsJSON {
  static let name = "items.json"

  static func write(_ set: ExportSet, to sink: ExportSink) throws(Failure) {
    try sink(Array("{\n\"format_version\": 1,\n\"project\": \(JSONText.string(set.project.key)),\n\"items\": {\n".utf8))
    try set.items.write(to: sink) { place, item in Array(((place == 0 ? "" : ",\n") + "\"\(item.id)\": \(text(item))").utf8) }
    try sink(Array("\n}\n}\n".utf8))
  }

  private static func text(_ item: ExportItem) -> String {
    JSONText.object([
      "type": "\"\(item.kind.rawValue)\"", "summary": JSONText.string(item.summary),
      "description": JSONText.string(item.wiki), "parent": item.parent.map { "\"\($0)\"" } ?? "null",
      "priority": JSONText.string(item.priority), "labels": JSONText.strings(item.labels),
      "components": JSONText.strings(item.components), "versions": JSONText.strings(item.versions),
      "due": item.due.map { "\"\($0)\"" } ?? "null", "estimate_seconds": item.estimate.map { "\($0.seconds)" } ?? "null",
      "delivered": item.isDelivered ? "true" : "false", "blocks": JSONText.strings(item.blocks.map(\.description)),
      "relates": JSONText.strings(item.relates.map(\.description)),
    ])
  }
}
