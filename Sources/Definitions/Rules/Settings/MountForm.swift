import Diagnostics

extension Rule {
  static let mountForm: Rule = Rule(
    "SF123", severity: .warning,
    summary: "A mount path is not written plainly.",
    explanation: """
      Empty segments, `.` and `..` make one path look like another, and what the Hub makes of them is not documented.
      """,
    failing: RuleExample("name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: /mnt//data }\n"),
    passing: RuleExample("name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: /mnt/data }\n"),
    check: .space { space, _ in
      (space.volumes?.value ?? []).compactMap { volume in
        var path = volume.value.mount
        // A slash at the end is usual for folders.
        if path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let plain = MountPoint(path).plain
        guard path.hasPrefix("/"), path != plain else { return nil }
        return Rule.mountForm.finding(
          "`\(volume.value.mount)` is not a plain path",
          help: plain.map { "Write `\($0)`." } ?? "Write the path it leads to, without `..`.", at: volume.place.value,
          fix: plain.flatMap { .replacing(volume.value.mount, at: volume.place.value, by: $0) })
      }
    })
}
