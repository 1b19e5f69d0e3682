extension Rule {
  static let volumesOnStatic: Rule = Rule(
    "SF107",
    summary: "A static Space has volumes.",
    explanation: "A static Space is files served by the Hub: there is nothing to mount storage into, and the Hub refuses it.",
    failing: RuleExample(
      "name: chat\nsdk: static\nvolumes:\n  - { type: bucket, source: acme/data, mount: /data }\n"),
    passing: RuleExample(
      "name: chat\nsdk: docker\nvolumes:\n  - { type: bucket, source: acme/data, mount: /data }\n"),
    check: .space { space, _ in
      guard space.isStatic, let volumes = space.volumes else { return [] }
      return [
        Rule.volumesOnStatic.finding(
          "a static Space has no volumes", help: "Remove `volumes`.", at: volumes.place.key, related: space.whyStatic)
      ]
    })
}
