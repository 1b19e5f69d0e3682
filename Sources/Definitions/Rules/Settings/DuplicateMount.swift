import Diagnostics

extension Rule {
  static let duplicateMount: Rule = Rule(
    "SF110",
    summary: "Two volumes are mounted at one path.",
    explanation: "One of them would hide the other. A trailing slash does not make another path.",
    failing: RuleExample(
      """
      name: chat
      volumes:
        - { type: bucket, source: acme/data, mount: /data }
        - { type: bucket, source: acme/more, mount: /data/ }

      """),
    passing: RuleExample(
      """
      name: chat
      volumes:
        - { type: bucket, source: acme/data, mount: /data }
        - { type: bucket, source: acme/more, mount: /more }

      """),
    check: .space { space, _ in
      var first: [String: Place] = [:]
      var findings: [Finding] = []
      for volume in space.volumes?.value ?? [] {
        var path = volume.value.mount[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if let earlier = first[String(path)] {
          findings.append(
            Rule.duplicateMount.finding(
              "`\(volume.value.mount)` is mounted twice", help: "Give each volume a path of its own.", at: volume.place.value,
              related: [RelatedSpan(span: earlier.value, message: "mounted first here")]))
        } else {
          first[String(path)] = volume.place
        }
      }
      return findings
    })
}
