import ArgumentParser
import SpaceModel

/// The command tree; help, completions and the manual are made from it.
struct Spaceform: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spaceform",
    abstract: "Hugging Face Spaces as code: validate, plan and apply a fleet of Spaces.",
    discussion: """
      A project is a folder with a spaceform.yaml; each Space is one *.space.yaml. Start with `spaceform init`, check with
      `spaceform validate`, look with `spaceform plan`, and make it so with `spaceform apply`.

      The Hub and the token come from HF_ENDPOINT and HF_TOKEN, or from the token file of the `hf` command.

      Exit status: 0 fine, 1 could not do it, 2 changes present (plan --detailed-exitcode, drift), 3 findings, 4 not allowed,
      5 stale, 6 leased by another apply, 64 usage, 130 and 143 signals.
      """,
    version: SpaceformVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Definitions",
        subcommands: [InitCommand.self, ValidateCommand.self, ExplainCommand.self, SchemaCommand.self]),
      CommandGroup(
        name: "The main job",
        subcommands: [
          PlanCommand.self, ShowCommand.self, ApplyCommand.self, DriftCommand.self, StatusCommand.self,
          ImportCommand.self, ExportCommand.self,
        ]),
      CommandGroup(
        name: "Spaces",
        subcommands: [LogsCommand.self, PauseCommand.self, RestartCommand.self, HardwareCommand.self]),
      CommandGroup(name: "State", subcommands: [StateCommand.self]),
      CommandGroup(name: "Git hooks and CI", subcommands: [HookCommand.self, CICommand.self]),
    ])

  @OptionGroup var options: GlobalOptions
}
