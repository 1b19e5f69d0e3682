import Diagnostics
import Files

extension Rule {
  static let outsideProject: Rule = Rule(
    "SF302", isStructural: true,
    summary: "A path leaves the project folder.",
    explanation: """
      Every path is relative to the folder of the project file and stays inside it, through symbolic links too: what is \
      applied must be what is reviewed and committed.
      """,
    failing: RuleExample("name: chat\nsource: { path: ../chat }\n"),
    passing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\n", also: ["apps/chat/Dockerfile": "FROM python:3.12\nEXPOSE 7860\n"]),
    check: .space { space, fleet in
      var findings: [Finding] = []
      let help = "Use a path inside the folder of \(fleet.project.file)."
      if let path = space.sourcePath {
        if let source = space.source {
          if case .refused(let file, let failure) = fleet.folders[source.value.path] {
            findings.append(
              Rule.outsideProject.finding(
                "`\(file)` cannot be read: \(failure.problem)", help: failure.help ?? help, at: path.place.value))
          }
        } else {
          findings.append(
            Rule.outsideProject.finding("`\(path.value)` is outside the project folder", help: help, at: path.place.value))
        }
      }
      for secret in space.secrets {
        guard case .file(let path) = secret.source, ProjectPath.normal(path) == nil, let place = secret.filePlace else {
          continue
        }
        findings.append(
          Rule.outsideProject.finding(
            "`\(path)` is outside the project folder",
            help: "Use a path inside it, or `command` with a program that prints the value.", at: place.value))
      }
      return findings
    })
}
