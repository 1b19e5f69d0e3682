import SpaceModel

extension Rule {
  static let streamlit: Rule = Rule(
    "SF108", severity: .warning,
    summary: "The Streamlit SDK can no longer be chosen for a new Space.",
    explanation: """
      The Hub deprecated it on 2025-04-30. A Space that already uses it can be kept as it is; a new one runs Streamlit in \
      `sdk: docker`.
      """,
    failing: RuleExample("name: chat\nsdk: streamlit\n"),
    passing: RuleExample("name: chat\nsdk: docker\n"),
    check: .space { space, _ in
      guard space.resolvedSDK == .streamlit else { return [] }
      let span = space.sdk?.place.value ?? space.readme?.places["sdk"] ?? space.namePlace.value
      return [
        Rule.streamlit.finding(
          "the Hub creates no Space with the Streamlit SDK",
          help: "For a new Space write `sdk: docker` and run Streamlit there.",
          at: span)
      ]
    })
}
