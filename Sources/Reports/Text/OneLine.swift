import SpaceModel

/// Values from definitions and from the Hub, each on one line of a terminal: safe to print, and cut where it gets long.
enum OneLine {
  /// Columns a value may take.
  static let limit = 100
  /// Columns of what is alike that stay before the first difference of two long values.
  private static let context = 20

  /// A value of a plan, in the form of definitions.
  static func text(_ json: JSONValue) -> String { cut(whole(json), from: 0) }

  /// Two values side by side. Long ones that begin alike are shown from shortly before they differ.
  static func pair(_ old: JSONValue, _ new: JSONValue) -> (old: String, new: String) {
    let texts = (Array(whole(old)), Array(whole(new)))
    let common = zip(texts.0, texts.1).prefix { $0 == $1 }.count
    let isLong = Columns.count(String(texts.0)) > limit || Columns.count(String(texts.1)) > limit
    let start = isLong && common > limit / 2 ? common - context : 0
    return (cut(String(texts.0), from: start), cut(String(texts.1), from: start))
  }

  /// The same without a limit.
  static func whole(_ json: JSONValue) -> String {
    switch json {
    case .string(let text): escaped(text)
    case .object(let members) where Set(members.keys) == ["value", "description"]:
      "\(escaped(members["value"]?.stringValue ?? ""))  (\(description(members["description"]?.stringValue)))"
    case let other: TerminalText.escaped(other.canonicalText)
    }
  }

  private static func description(_ note: String?) -> String {
    note.map { "description: \(escaped($0))" } ?? "no description"
  }

  /// Quoted where the bare text would not show what it is: nothing, or space at an end.
  private static func escaped(_ text: String) -> String {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let safe = lines.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { TerminalText.escaped(String($0)) }
        .joined(separator: "\\t")
    }.joined(separator: "\\n")
    return safe.isEmpty || safe.first == " " || safe.last == " " ? "\"\(safe)\"" : safe
  }

  private static func cut(_ text: String, from start: Int) -> String {
    let rest = (start > 0 ? "…" : "") + text.dropFirst(start)
    return Columns.cut(rest, to: limit)
  }
}
