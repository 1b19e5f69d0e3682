import CtyCore

/// A resource's configuration written as a definition, the one that `spaceform validate` reads: what is checked, and how a value is
/// meant, is then the same here and there.
///
/// Each value has a line of its own, so that a line tells which attribute it came from. JSON is YAML; all but ASCII is escaped.
struct DefinitionText {
  private(set) var text = "{\n"
  private var paths: [Int: CtyPath] = [:]
  private var line = 2

  var bytes: [UInt8] { Array((text + "}\n").utf8) }

  /// The attribute that a line came from.
  func path(ofLine line: Int) -> CtyPath? { paths[line] }

  /// Writes a member, at one attribute with all that is in it: Terraform finds no line for what is deeper. Null and unknown values are
  /// left out, for nothing is known of them.
  mutating func member(_ name: String, _ value: CtyValue, at path: CtyPath) {
    guard !value.isNull, !value.isUnknown else { return }
    put(Self.quoted(name) + ": ", value, at: path)
  }

  /// Writes a table whose members come from several attributes.
  mutating func table(_ name: String, at path: CtyPath, _ body: (inout DefinitionText) -> Void) {
    end(Self.quoted(name) + ": {", at: path)
    body(&self)
    end("},", at: path)
  }

  private mutating func put(_ lead: String, _ value: CtyValue, at path: CtyPath) {
    switch value {
    case .null, .unknown: end(lead + "null,", at: path)
    case .string(let text): end(lead + Self.quoted(text) + ",", at: path)
    case .bool(let flag): end(lead + (flag ? "true," : "false,"), at: path)
    case .number(let number): end(lead + number.description + ",", at: path)
    case .sequence(let elements):
      end(lead + "[", at: path)
      for element in elements { put("", element, at: path) }
      end("],", at: path)
    case .fields(let members):
      end(lead + "{", at: path)
      for (name, member) in members.sorted(by: { $0.key < $1.key }) { self.member(name, member, at: path) }
      end("},", at: path)
    case .typed(_, let value): put(lead, value, at: path)
    }
  }

  private mutating func end(_ content: String, at path: CtyPath) {
    text += content + "\n"
    paths[line] = path
    line += 1
  }

  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}
