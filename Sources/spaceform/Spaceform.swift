import ArgumentParser

@main
struct Spaceform: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "spaceform")
}
