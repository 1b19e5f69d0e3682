import Diagnostics

extension Rule {
  static let idlePreviewKey: Rule = Rule(
    "SF611", severity: .warning,
    summary: "`preview` permits something that no Space has.",
    explanation: """
      A preview of a pull request gets no secret and no volume but those that `preview` names: `secrets` by their keys, `volumes` by their \
      mounts. A name that no Space declares permits nothing, so that the preview goes without what was meant.
      """,
    failing: RuleExample(
      project: RuleExample.plainProject + "preview: { secrets: [TEST_TOKN] }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nsecrets: { TEST_TOKEN: { env: TEST_TOKEN } }\n"]),
    passing: RuleExample(
      project: RuleExample.plainProject + "preview: { secrets: [TEST_TOKEN] }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nsecrets: { TEST_TOKEN: { env: TEST_TOKEN } }\n"]),
    check: .fleet { fleet in
      let preview = fleet.project.preview
      guard !preview.secrets.isEmpty || !preview.volumes.isEmpty else { return [] }
      let keys = Set(fleet.spaces.flatMap { $0.secrets.map(\.key) })
      let mounts = Set(fleet.spaces.flatMap { ($0.volumes?.value ?? []).map(\.value.mount) })
      return [("secret", preview.secrets, keys), ("volume", preview.volumes, mounts)].flatMap { what, names, known in
        names.filter { !known.contains($0.value) }.map { name in
          Rule.idlePreviewKey.finding(
            "no Space declares a \(what) `\(name.value)`",
            help: Suggestion.nearest(to: name.value, among: Array(known)).map { "Did you mean `\($0)`?" }
              ?? "Declare it in a Space, or remove it.", at: name.place.value)
        }
      }
    })
}
