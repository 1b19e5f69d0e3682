import Diagnostics
import Files

extension Rule {
  static let droppedExecutable: Rule = Rule(
    "SF312", severity: .warning,
    summary: "The Dockerfile runs a copied file that may not be executed on the Hub.",
    explanation: """
      The Hub keeps no executable bits: what is `chmod +x` here is a plain file in the build, and running it ends with \
      \"permission denied\". Copy it with `COPY --chmod=755`, run `chmod` on it in the Dockerfile, or start it with its \
      interpreter. A Dockerfile that runs `chmod` itself is passed by.
      """,
    failing: RuleExample(
      app: ["Dockerfile": "FROM debian:12\nEXPOSE 7860\nCOPY start.sh .\nCMD [\"./start.sh\"]\n", "start.sh": "#!/bin/sh\n"],
      shown: "Dockerfile", space: "sdk: docker\n", executables: ["start.sh"]),
    passing: RuleExample(
      app: [
        "Dockerfile": "FROM debian:12\nEXPOSE 7860\nCOPY --chmod=755 start.sh .\nCMD [\"./start.sh\"]\n",
        "start.sh": "#!/bin/sh\n",
      ],
      shown: "Dockerfile", space: "sdk: docker\n", executables: ["start.sh"]),
    check: .app { files, space, _ in
      guard let app = DockerApp(files, space), !setsBits(app.dockerfile) else { return [] }
      let needed = app.dockerfile.neededStages
      var findings: [Finding] = []
      for (index, step) in app.steps.enumerated() where needed.contains(step.stage) {
        for program in ProgramsRun.by(step, in: app) {
          guard let file = CopiedFile.at(program, step, in: app.steps[..<index], files) else { continue }
          let shell = file.path.hasSuffix(".py") ? "python" : "sh"
          findings.append(
            Rule.droppedExecutable.finding(
              "`\(file.path)` may not be executed in the build: the Hub keeps no executable bits",
              help: "Copy it with `COPY --chmod=755`, or run it with `\(shell) \(program.literal ?? file.path)`.",
              at: app.text.span(program.range(ofLast: program.content.count))))
        }
      }
      return findings
    })

  private static func setsBits(_ dockerfile: Dockerfile) -> Bool {
    dockerfile.instructions.contains { instruction in
      guard instruction.keyword == "RUN" else { return false }
      let text = instruction.arguments.string
      return instruction.hasDocument || text.contains("chmod") || text.contains("install -m")
    }
  }
}
