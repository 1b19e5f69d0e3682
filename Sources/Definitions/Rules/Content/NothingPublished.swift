extension Rule {
  static let nothingPublished: Rule = Rule(
    "SF314",
    summary: "All files of the source are left out.",
    explanation: """
      `source.ignore` leaves out every file, or the folder holds only files that no Space gets, such as `.env`. With \
      `prune` the plan would delete everything on the Space, so it is refused.
      """,
    failing: RuleExample(
      "name: chat\nsdk: static\nsource: { path: apps/chat, ignore: [\"*\"] }\n", also: ["apps/chat/index.html": "<p>Hello\n"]),
    passing: RuleExample(
      "name: chat\nsdk: static\nsource: { path: apps/chat, ignore: [\"*.txt\"] }\n",
      also: ["apps/chat/index.html": "<p>Hello\n"]),
    check: .app { files, space, _ in
      guard files.files.isEmpty, !files.leftOut.isEmpty, let path = space.sourcePath else { return [] }
      let number = files.leftOut.count
      return [
        Rule.nothingPublished.finding(
          number == 1 ? "the only file in `\(path.value)` is left out" : "all \(number) files in `\(path.value)` are left out",
          help: "Check `source.ignore`; environment files and Spaceform's own files are never published.", at: path.place.value)
      ]
    })
}
