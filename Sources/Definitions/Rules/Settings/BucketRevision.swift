import SpaceModel

extension Rule {
  static let bucketRevision: Rule = Rule(
    "SF120", severity: .warning,
    summary: "A bucket is to be mounted at a revision.",
    explanation: "Models, datasets and Spaces have branches, tags and commits; a bucket has none, and shows what it holds now.",
    failing: RuleExample("name: chat\nvolumes:\n  - { type: bucket, source: acme/data, mount: /data, revision: main }\n"),
    passing: RuleExample("name: chat\nvolumes:\n  - { type: dataset, source: acme/data, mount: /data, revision: main }\n"),
    check: .space { space, _ in
      (space.volumes?.value ?? []).compactMap { volume in
        guard volume.value.kind == .bucket, let revision = volume.revision else { return nil }
        return Rule.bucketRevision.finding(
          "a bucket has no revisions", help: "Remove `revision`, or mount a repository.", at: revision.place.key)
      }
    })
}
