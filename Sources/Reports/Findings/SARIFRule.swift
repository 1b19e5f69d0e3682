import Definitions
import Diagnostics
import SpaceModel

/// A rule as SARIF describes it, within the lengths that GitHub takes.
enum SARIFRule {
  /// In Unicode scalars.
  static let nameLimit = 255
  static let descriptionLimit = 1_024

  /// - Parameters:
  ///   - id: of a rule this version may not know; it is then described by its id alone.
  ///   - severity: the worst it was found with, for such a rule.
  static func value(_ id: String, severity: Severity) -> JSONValue {
    let tags: JSONValue = .array(RuleFamily(rule: id).map { [.string($0.rawValue)] } ?? [])
    guard let rule = RuleRegistry.all.first(where: { $0.id == id }) else {
      let text: JSONValue = ["text": .string(id)]
      return [
        "id": .string(id), "shortDescription": text, "fullDescription": text, "help": text,
        "defaultConfiguration": ["level": .string(severity.rawValue)], "properties": ["tags": tags],
      ]
    }
    return [
      "id": .string(id), "name": .string(name(rule.summary)),
      "shortDescription": ["text": .string(rule.summary.bounded(to: descriptionLimit))],
      "fullDescription": ["text": .string(rule.explanation.bounded(to: descriptionLimit))],
      "help": ["text": .string(rule.explained), "markdown": .string(markdown(rule))],
      "defaultConfiguration": ["level": .string(rule.severity.rawValue)], "properties": ["tags": tags],
    ]
  }

  /// The summary in one word: `A static Space has hardware.` is `AStaticSpaceHasHardware`.
  static func name(_ summary: String) -> String {
    let words = summary.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined().bounded(to: nameLimit)
  }

  private static func markdown(_ rule: Rule) -> String {
    """
    **\(rule.summary)**

    \(rule.explanation)

    Breaks the rule (`\(rule.failing.shown)`):

    \(fenced(rule.failing))

    Keeps it (`\(rule.passing.shown)`):

    \(fenced(rule.passing))

    """
  }

  /// A block of code whose fence is longer than any row of backquotes in it.
  private static func fenced(_ example: RuleExample) -> String {
    var longest = 0
    var row = 0
    for character in example.text {
      row = character == "`" ? row + 1 : 0
      longest = max(longest, row)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let language = example.shown.hasSuffix(".yaml") ? "yaml" : ""
    let end = example.text.isEmpty || example.text.hasSuffix("\n") ? "" : "\n"
    return "\(fence)\(language)\n\(example.text)\(end)\(fence)"
  }
}
