import Diagnostics

extension Rule {
  static let nestedMount: Rule = Rule(
    "SF119", severity: .warning,
    summary: "A volume hides what it should stand beside: it is mounted at `/`, or inside another one.",
    explanation: """
      A volume at `/` takes the place of the whole image, the app included. Of two volumes inside each other, what is seen depends \
      on the order in which they are mounted, which is not documented.
      """,
    failing: RuleExample(
      """
      name: chat
      volumes:
        - { type: bucket, source: acme/data, mount: /data }
        - { type: model, source: acme/chat-7b, mount: /data/model }

      """),
    passing: RuleExample(
      """
      name: chat
      volumes:
        - { type: bucket, source: acme/data, mount: /data }
        - { type: model, source: acme/chat-7b, mount: /model }

      """),
    check: .space { space, _ in
      let volumes = (space.volumes?.value ?? []).map { (volume: $0, path: MountPoint($0.value.mount)) }
      return volumes.compactMap { volume, path in
        guard !path.segments.isEmpty else {
          return Rule.nestedMount.finding(
            "a volume at `/` hides the whole image", help: "Mount it in a folder of its own, such as /data.",
            at: volume.place.value)
        }
        guard let outer = volumes.first(where: { !$0.path.segments.isEmpty && $0.path.contains(path) }) else { return nil }
        return Rule.nestedMount.finding(
          "`\(volume.value.mount)` lies inside another volume", help: "Mount the two beside each other.",
          at: volume.place.value, related: [RelatedSpan(span: outer.volume.place.value, message: "the other one")])
      }
    })
}

/// A mount path by its segments, so that spellings of one path are equal.
struct MountPoint: Hashable {
  let segments: [Substring]

  init(_ path: String) { segments = path.split(separator: "/").filter { $0 != "." } }

  /// Whether another one lies below this one.
  func contains(_ other: MountPoint) -> Bool {
    other.segments.count > segments.count && other.segments.starts(with: segments)
  }

  /// The path without what changes nothing; nil when it leads upwards.
  var plain: String? { segments.contains("..") ? nil : "/" + segments.joined(separator: "/") }
}
