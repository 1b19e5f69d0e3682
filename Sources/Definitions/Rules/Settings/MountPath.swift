extension Rule {
  static let mountPath: Rule = Rule(
    "SF111",
    summary: "A volume's mount is not an absolute path.",
    explanation: "The Hub takes mount paths that begin with `/`.",
    failing: RuleExample("name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: data }\n"),
    passing: RuleExample("name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: /data }\n"),
    check: .space { space, _ in
      (space.volumes?.value ?? []).filter { !$0.value.mount.hasPrefix("/") }.map {
        Rule.mountPath.finding(
          "`\($0.value.mount)` is not an absolute path", help: "Write `/\($0.value.mount)`.", at: $0.place.value,
          fix: .prefixing($0.value.mount, at: $0.place.value, with: "/"))
      }
    })
}
