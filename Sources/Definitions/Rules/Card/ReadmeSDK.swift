import Diagnostics
import SpaceModel

extension Rule {
  static let readmeSDK: Rule = Rule(
    "SF225",
    summary: "The source's README names an SDK that the Hub does not have.",
    explanation: """
      A Space whose definition says no `sdk` takes it from the README of its source. An unknown one ends in a configuration error \
      on the Hub.
      """,
    failing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: Static\n---\n"),
    passing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n---\n"),
    check: .space { space, _ in
      guard space.sdk == nil, let sdk = space.card["sdk"], sdk.origin == .readme, let text = sdk.json.stringValue,
        !CardReference.sdks.contains(SDK(rawValue: text))
      else { return [] }
      let known = CardReference.sdks.map(\.rawValue)
      return [
        Rule.readmeSDK.finding(
          "`sdk` cannot be `\(text)`", help: Suggestion.advice(for: text, among: known), at: sdk.place.value,
          fix: .letterCase(of: text, at: sdk.place.value, among: known))
      ]
    })
}
