import Diagnostics
import SpaceModel

extension Rule {
  static let customHeader: Rule = Rule(
    "SF211",
    summary: "A custom header is not one a Space may set, or has a value it cannot have.",
    explanation: """
      `custom_headers` takes the three cross-origin headers, in lower case, each with words of its own. Apps that need \
      `SharedArrayBuffer`, say, set the embedder policy to `require-corp` and the opener policy to `same-origin`.
      """,
    failing: RuleExample("name: chat\ncard:\n  custom_headers: { Cross-Origin-Opener-Policy: same-site }\n"),
    passing: RuleExample("name: chat\ncard:\n  custom_headers: { cross-origin-opener-policy: same-origin }\n"),
    check: .space { space, _ in
      guard let headers = space.card["custom_headers"], headers.node.entries != nil else { return [] }
      let members = headers.value.members
      return members.flatMap { name, value in
        nameFindings(name, value.place, isTwice: { lower in members.contains { $0.name == lower } })
          + valueFindings(name.lowercased(), value)
      }
    })

  private static let headerNames = CardReference.customHeaders.keys.sorted()

  private static func nameFindings(_ name: String, _ place: Place, isTwice: (String) -> Bool) -> [Finding] {
    let lower = name.lowercased()
    guard CardReference.customHeaders[lower] != nil else {
      return [
        Rule.customHeader.finding(
          "a Space cannot set the header `\(name)`", help: Suggestion.advice(for: name, among: headerNames), at: place.key)
      ]
    }
    guard name != lower else { return [] }
    return [
      Rule.customHeader.finding(
        "the header `\(name)` must be in lower case", help: "Write `\(lower)`.", at: place.key,
        fix: isTwice(lower) ? nil : .replacing(name, at: place.key, by: lower))
    ]
  }

  private static func valueFindings(_ name: String, _ value: Layered) -> [Finding] {
    guard let words = CardReference.customHeaders[name], let text = value.text, !words.contains(text.value) else { return [] }
    return [
      Rule.customHeader.finding(
        "`\(name)` cannot be `\(text.value)`", help: Suggestion.advice(for: text.value, among: words), at: text.place.value,
        fix: .letterCase(of: text.value, at: text.place.value, among: words))
    ]
  }
}
