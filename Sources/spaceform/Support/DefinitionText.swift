import SpaceModel
import YAML

/// The text of a new definition file, laid out as people write one: sections in blocks, what is small and regular on one line.
enum DefinitionText {
  /// - Parameters:
  ///   - comment: lines above the keys, without their `#`.
  ///   - members: keys in the order they are to stand.
  ///   - remarks: a comment above a key.
  static func text(comment: [String], _ members: [(String, JSONValue)], remarks: [String: String] = [:]) -> String {
    comment.map { "# \($0)\n" }.joined()
      + members.map { key, value in (remarks[key].map { "# \($0)\n" } ?? "") + text(key, value) }.joined()
  }

  private static func text(_ key: String, _ value: JSONValue) -> String {
    switch (key, value) {
    case ("variables", .object(let entries)), ("secrets", .object(let entries)):
      let lines = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, entry in
        "  " + (entry.objectValue.map { "\(scalar(.string(name))): \(flow($0))\n" } ?? FrontMatterWriter.text([(name, entry)]))
      }
      return "\(key):\n" + lines.joined()
    case ("volumes", .array(let elements)):
      return "volumes:\n" + elements.map { "  - \(flow($0.objectValue ?? [:]))\n" }.joined()
    default: return FrontMatterWriter.text([(key, value)])
    }
  }

  /// `{ env: API_KEY }`
  private static func flow(_ members: [String: JSONValue]) -> String {
    let ordered = order.filter { members[$0] != nil } + members.keys.filter { !order.contains($0) }.sorted()
    return "{ " + ordered.map { "\($0): \(flowScalar(members[$0, default: .null]))" }.joined(separator: ", ") + " }"
  }

  private static let order = ["type", "source", "mount", "read_only", "revision", "path", "value", "description", "env"]

  /// Inside braces more characters end a bare text than in a block.
  private static func flowScalar(_ value: JSONValue) -> String {
    let text = scalar(value)
    guard case .string = value, !text.hasPrefix("\""), text.contains(where: { ",[]{}?".contains($0) }) else { return text }
    return value.canonicalText
  }

  /// A value as it stands after `key: `.
  private static func scalar(_ value: JSONValue) -> String {
    String(FrontMatterWriter.text([("k", value)]).dropFirst(3).dropLast())
  }

  /// A value in which nothing is a reference: `${space` is written so that it stands for itself.
  static func escaped(_ value: String) -> String {
    var result = ""
    var rest = value[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("${space") { result += "$" }
      result += "$"
      rest = rest.dropFirst()
    }
    return result + rest
  }
}
