import Diagnostics
import SpaceModel

extension Rule {
  static let idleCardKey: Rule = Rule(
    "SF215", severity: .warning,
    summary: "A card key is for Spaces of another SDK.",
    explanation: """
      `app_build_command` builds a static Space, `sdk_version` is the version of Gradio, and `base_path` is a path of an app that \
      runs. Elsewhere the Hub does not read them. Keys in `defaults` are meant for the Spaces that have a use for them.
      """,
    failing: RuleExample("name: chat\nsdk: docker\ncard: { app_build_command: npm run build }\n"),
    passing: RuleExample("name: chat\nsdk: static\ncard: { app_build_command: npm run build }\n"),
    check: .space { space, _ in
      ["app_build_command", "base_path", "sdk_version"].compactMap { space.idle($0) }
        .map { Rule.idleCardKey.finding(idle: $0, in: space) }
    })

  func finding(idle member: Card.Member, in space: SpaceDraft) -> Finding {
    let readers = CardReference.sdksReading[member.hubName] ?? []
    return finding(
      "`\(member.written)` has no effect with the SDK `\(space.resolvedSDK)`",
      help: "Remove it; it is for \(readers.filter(SDK.creatable.contains).map(\.rawValue).listed).", at: member.place.key,
      related: space.whySDK)
  }
}

extension SpaceDraft {
  /// A member of the card that the Space's SDK does not read; nil too when it comes from defaults.
  func idle(_ hubName: String) -> Card.Member? {
    guard let member = self.card[hubName], !member.place.isDefault, !member.isNull,
      PublishedCatalogue.current.sdks.contains(self.resolvedSDK),
      let readers = CardReference.sdksReading[hubName], !readers.contains(self.resolvedSDK)
    else { return nil }
    return member
  }
}

extension SpaceDraft.Contents {
  /// Where the SDK is said.
  fileprivate var whySDK: [RelatedSpan] {
    if let sdk { return [RelatedSpan(span: sdk.place.value, message: "the SDK")] }
    return readme?.places["sdk"].map { [RelatedSpan(span: $0, message: "the SDK, by the source's README")] } ?? []
  }
}
