import Diagnostics
import SpaceModel

/// The exported items in one file of our own, from which `diff` tells what another export would change. No Jira reads it.
enum ItemsJSON {
  static let name = "items.json"

  static func write(_ set: ExportSet, to sink: ExportSink) throws(Failure) {
    try sink(Array("{\n\"format_version\": 1,\n\"project\": \(JSONText.string(set.project.key).text),\n\"items\": {\n".utf8))
    try set.items.write(to: sink) { place, item in JSONText("\"\(item.id)\": \(text(item).text)").line(place) }
    try sink(Array("\n}\n}\n".utf8))
  }

  private static func text(_ item: ExportItem) -> JSONText {
    JSONText.object([
      "type": "\"\(item.kind.rawValue)\"", "summary": item.summaryJSON,
      "description": item.wikiJSON ?? "\"\"", "parent": item.parent.map { "\"\($0)\"" } ?? "null",
      "priority": JSONText.string(item.priority), "labels": item.labelsJSON,
      "components": JSONText.strings(item.components), "versions": JSONText.strings(item.versions),
      "due": item.due.map { "\"\($0)\"" } ?? "null", "estimate_seconds": item.estimate.map { "\($0.seconds)" } ?? "null",
      "delivered": item.isDelivered ? "true" : "false", "blocks": JSONText.strings(item.blocks.map(\.description)),
      "relates": JSONText.strings(item.relates.map(\.description)),
    ])
  }
}
