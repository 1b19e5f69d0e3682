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
    let tags: JSONValue = .array(RuleFamily.of(rule: id).map { [.string($0.tag)] } ?? [])
    guard let rule = RuleRegistry.all.first(where: { $0.id == id }) else {
      let text: JSONValue = ["text": .string(id)]
      return [
        "id": .string(id), "shortDescription": text, "fullDescription": text, "help": text,
        "defaultConfiguration": ["level": .string(severity.rawValue)], "properties": ["tags": tags],
      ]
    }
    let page = RulePage(rule: rule)
    return [
      "id": .string(id), "name": .string(name(rule.summary)),
      "shortDescription": ["text": .string(rule.summary.bounded(to: descriptionLimit))],
      "fullDescription": ["text": .string(rule.explanation.bounded(to: descriptionLimit))],
      "help": ["text": .string(page.text(width: nil)), "markdown": .string(page.markdown)],
      "defaultConfiguration": ["level": .string(rule.severity.rawValue)], "properties": ["tags": tags],
    ]
  }

  /// The summary in one word: `A static Space has hardware.` is `AStaticSpaceHasHardware`.
  static func name(_ summary: String) -> String {
    let words = summary.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined().bounded(to: nameLimit)
  }
}
