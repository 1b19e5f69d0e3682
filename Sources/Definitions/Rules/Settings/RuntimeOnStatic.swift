import Diagnostics

extension Rule {
  static let runtimeOnStatic: Rule = Rule(
    "SF106",
    summary: "A static Space has settings of a running one.",
    explanation: "Nothing runs in a static Space: the Hub refuses sleep time, replicas and dev mode.",
    failing: RuleExample("name: chat\nsdk: static\ndev_mode: true\n"),
    passing: RuleExample("name: chat\nsdk: gradio\ndev_mode: true\n"),
    check: .space { space, _ in
      guard space.isStatic else { return [] }
      let places = [
        ("sleep_time", space.sleepTime?.place), ("replicas", space.replicas?.place), ("dev_mode", space.devMode?.place),
      ]
      return places.compactMap { key, place in
        place.map {
          Rule.runtimeOnStatic.finding(
            "a static Space has no `\(key)`", help: "Remove `\(key)`.", at: $0.key, related: space.whyStatic,
            fix: .removingEntry(atKey: $0.key, "remove `\(key)`"))
        }
      }
    })
}

extension SpaceDraft.Contents {
  /// Where it is said that the Space is static.
  var whyStatic: [RelatedSpan] {
    if let sdk { return [RelatedSpan(span: sdk.place.value, message: "static by this")] }
    if let place = readme?.places["sdk"] { return [RelatedSpan(span: place, message: "static by the source's README")] }
    return []
  }
}
