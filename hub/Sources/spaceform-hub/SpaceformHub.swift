import ArgumentParser

/// The program: one command, `serve`.
@main
struct SpaceformHub: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spaceform-hub",
    abstract: "A local Hugging Face Hub for Spaces: try, test and rehearse without an account and without cost.",
    version: "0.1.0",
    subcommands: [Serve.self])
}
