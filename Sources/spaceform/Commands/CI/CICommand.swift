import ArgumentParser

/// `spaceform ci`: the verbs of a pipeline.
struct CICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci",
    abstract: "The jobs of a pipeline: plan and preview a change request, apply the main branch, watch for drift.",
    discussion: """
      Each verb finds out from the environment whether it runs on GitHub Actions or GitLab CI/CD and says what it found. Beside what
      the command of the same name does, it posts one comment or one issue that it keeps up to date, writes the summary of the job,
      and leaves values for later steps. A post that fails does not fail the job.

      --dry-run shows all of that on the terminal, on any machine, and does none of it.
      """,
    subcommands: [CIValidateCommand.self, CIPlanCommand.self, CIApplyCommand.self, CIDriftCommand.self, CIPreviewCommand.self])
}
