import Diagnostics
import SpaceModel

extension Rule {
  static let writableRepository: Rule = Rule(
    "SF114", severity: .warning,
    summary: "A repository is to be mounted writable.",
    explanation: "The Hub mounts models, datasets and Spaces read-only, whatever is asked for; only buckets can be written to.",
    failing: RuleExample(
      "name: chat\nvolumes:\n  - { type: dataset, source: acme/data, mount: /data, read_only: false }\n"),
    passing: RuleExample(
      "name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: /data, read_only: false }\n"),
    check: .space { space, _ in
      (space.volumes?.value ?? []).compactMap { volume in
        guard volume.value.kind != .bucket, let flag = volume.readOnly, !flag.value else { return nil }
        return Rule.writableRepository.finding(
          "a \(volume.value.kind.rawValue) is always mounted read-only", help: "Remove `read_only`, or use a bucket.",
          at: flag.place.value, fix: .removingEntry(atKey: flag.place.key, "remove `read_only`"))
      }
    })
}
