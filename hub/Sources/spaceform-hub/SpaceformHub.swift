import ArgumentParser
import SpaceModel

/// The program: one command, `serve`.
@main
struct SpaceformHub: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spaceform-hub",
    abstract: "A local Hugging Face Hub for Spaces: try, test and rehearse without an account and without cost.",
    version: SpaceformVersion.current,
    subcommands: [Serve.self])
}
