extension Rule {
  static let missingSource: Rule = Rule(
    "SF301", isStructural: true,
    summary: "The source folder does not exist.",
    explanation: """
      The folder is looked for where the definition is read from: in the work tree, in the index with `--staged`, in a commit \
      with `--revision`. An empty folder, or one whose files are all ignored by git, counts as missing.
      """,
    failing: RuleExample("name: chat\nsource: { path: apps/chta }\n", also: ["apps/chat/app.py": "print()\n"]),
    passing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\n", also: ["apps/chat/Dockerfile": "FROM python:3.12\nEXPOSE 7860\n"]),
    check: .space { space, fleet in
      guard let source = space.source, let path = space.sourcePath, case .missing = fleet.folders[source.value.path] else {
        return []
      }
      return [
        Rule.missingSource.finding(
          "the folder `\(path.value)` does not exist or holds no files",
          help: "The path is relative to the folder of \(fleet.project.file).", at: path.place.value)
      ]
    })
}
