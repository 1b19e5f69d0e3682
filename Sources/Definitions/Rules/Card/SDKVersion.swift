import SpaceModel

extension Rule {
  static let sdkVersion: Rule = Rule(
    "SF219",
    summary: "The SDK version is not a version.",
    explanation: """
      `sdk_version` names one release of Gradio, such as 5.49.1. A range, `latest` or a name is none. Whether there is such a \
      release is not known offline.
      """,
    failing: RuleExample("name: chat\nsdk: gradio\ncard: { sdk_version: latest }\n"),
    passing: RuleExample("name: chat\nsdk: gradio\ncard: { sdk_version: \"5.49.1\" }\n"),
    check: .space { space, _ in
      guard let version = space.card["sdk_version"]?.text, [SDK.gradio, .streamlit].contains(space.resolvedSDK),
        !isRelease(version.value)
      else { return [] }
      return [
        Rule.sdkVersion.finding(
          "`\(version.value)` is not a version", help: "Write a release such as \"5.49.1\", in quotes.", at: version.place.value
        )
      ]
    })

  /// Numbers with points between them; the last may go on as a release before the final one does: `5.0.0b1`, `5.0.0-beta.1`.
  private static func isRelease(_ text: String) -> Bool {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = text.dropFirst(number.count)
    let allowed = rest.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    // `4.x` and `4.0.*` are ranges: letters follow a digit or a hyphen, not a point.
    let isSuffix = rest.isEmpty || number.last != "." || rest.hasPrefix("dev") || rest.hasPrefix("post")
    let digits = rest.isEmpty || number.last != "." ? number : number.dropLast()
    return allowed && isSuffix
      && digits.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty } && !number.isEmpty
  }
}
