import SpaceModel

/// Writes a README's front matter: block style, the order given, nested keys sorted, strings in quotes only where a reader of
/// YAML 1.1 or 1.2 would otherwise take them for something else.
public enum FrontMatterWriter {
  /// The text between the two `---` lines, with a newline at its end; empty for no members.
  public static func text(_ members: [(String, JSONValue)]) -> String {
    var output = ""
    for (key, value) in members { write(key: key, value, indent: 0, into: &output) }
    return output
  }

  private static func write(key: String, _ value: JSONValue, indent: Int, into output: inout String) {
    let name = PlainStyle.written(key)
    // A key that YAML reads without a mark of its own is at most 1024 characters long.
    if name.unicodeScalars.count > 1000 {
      output += "? \(name)\n" + spaces(indent) + ":"
    } else {
      output += "\(name):"
    }
    write(value, afterKeyAt: indent, into: &output)
  }

  private static func write(_ value: JSONValue, afterKeyAt indent: Int, into output: inout String) {
    switch value {
    case .object(let members) where !members.isEmpty:
      output += "\n"
      for key in sorted(members) {
        output += spaces(indent + 2)
        write(key: key, members[key, default: .null], indent: indent + 2, into: &output)
      }
    case .array(let elements) where !elements.isEmpty:
      output += "\n"
      for element in elements {
        output += spaces(indent + 2)
        write(element: element, indent: indent + 2, into: &output)
      }
    default: output += " \(scalar(value))\n"
    }
  }

  private static func write(element: JSONValue, indent: Int, into output: inout String) {
    switch element {
    case .object(let members) where !members.isEmpty:
      var lead = "- "
      for key in sorted(members) {
        output += lead
        write(key: key, members[key, default: .null], indent: indent + 2, into: &output)
        lead = spaces(indent + 2)
      }
    case .array(let elements) where !elements.isEmpty:
      var lead = "- "
      for inner in elements {
        output += lead
        write(element: inner, indent: indent + 2, into: &output)
        lead = spaces(indent + 2)
      }
    default: output += "- \(scalar(element))\n"
    }
  }

  private static func sorted(_ members: [String: JSONValue]) -> [String] {
    members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func scalar(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): written(number)
    case .string(let text): PlainStyle.written(text)
    case .array: "[]"
    case .object: "{}"
    }
  }

  /// With a point, because YAML 1.1 reads `1e+20` as a string and `1` is another type.
  private static func written(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    let text = "\(number)"
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return "\(text[..<exponent]).0\(text[exponent...])"
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
