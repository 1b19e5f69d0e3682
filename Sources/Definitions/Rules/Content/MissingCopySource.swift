import Diagnostics
import Files

extension Rule {
  static let missingCopySource: Rule = Rule(
    "SF317",
    summary: "The Dockerfile copies a file that the build does not have.",
    explanation: """
      `COPY` and `ADD` read from the Space's own files. A name that is not among them, because it is misspelt, ignored by git, \
      left out by `source.ignore` or `.dockerignore`, or never published, ends the build. Patterns, addresses and what \
      variables decide are not judged, nor stages that the last one does not need.
      """,
    failing: RuleExample(
      app: [
        "Dockerfile": "FROM python:3.12\nCOPY requirments.txt app.py .\nEXPOSE 7860\n", "app.py": "", "requirements.txt": "",
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: [
        "Dockerfile": "FROM python:3.12\nCOPY requirements.txt app.py .\nEXPOSE 7860\n", "app.py": "", "requirements.txt": "",
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    check: .app { files, space, _ in
      guard space.hasOnlySource, let app = DockerApp(files, space), let context = BuildContext(files) else { return [] }
      let needed = app.dockerfile.neededStages
      var findings: [Finding] = []
      for step in app.steps where needed.contains(step.stage) && ["COPY", "ADD"].contains(step.instruction.keyword) {
        let instruction = step.instruction
        guard instruction.flag("from") == nil, !instruction.hasDocument else { continue }
        for word in instruction.paths.dropLast() {
          guard let source = word.resolved(step.variables), isPlain(source) else { continue }
          let reason: (problem: String, help: String)?
          if let path = ProjectPath.normal(String(source.drop { $0 == "/" })) {
            reason = context.problem(path)
          } else {
            reason = ("it is outside of the Space", "Move it into \(files.folder): a build sees the Space's own files only.")
          }
          guard let reason else { continue }
          findings.append(
            Rule.missingCopySource.finding(
              "\(instruction.keyword) finds no `\(source)`: \(reason.problem)", help: reason.help,
              at: app.text.span(word.range(ofLast: word.content.count))))
        }
      }
      return findings
    })

  /// No pattern, no address, no repository.
  private static func isPlain(_ source: String) -> Bool {
    !source.isEmpty && source != "/" && !source.contains("://") && !source.hasPrefix("git@")
      && !source.contains { "*?[\\<".contains($0) }
  }
}
