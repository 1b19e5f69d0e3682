import ArgumentParser
import SpaceModel

/// The command tree; help and completions are made from it.
struct SpaceformTracker: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spaceform-tracker",
    abstract: "A backlog as text: check it, schedule it, and turn it into files that Jira imports.",
    discussion: """
      A tracker is a folder with a project.yaml and the files of backlog/. Nothing is sent anywhere.

      Exit status: 0 fine, 1 could not do it, 3 findings, 64 usage.
      """,
    version: SpaceformVersion.current,
    subcommands: [CheckCommand.self, ScheduleCommand.self, ExportCommand.self, LearnCommand.self, DiffCommand.self])
}
