import ArgumentParser

/// `spaceform export`: the project in the form of other tools.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the project in the form of another tool.",
    subcommands: [ExportTerraformCommand.self])
}
