import ArgumentParser
import Console
import Platform

/// What every command takes.
struct TrackerOptions: ParsableArguments {
  @Option(
    name: [.customShort("C")],
    help: ArgumentHelp(
      "The folder of project.yaml; by default this one, or its folder tracker/.", valueName: "dir"),
    completion: .directory)
  var directory: String?

  @Option(help: "When to use colour: auto, always or never. NO_COLOR is honoured.")
  var color: ColourChoice = .auto

  @Flag(name: .shortAndLong, help: "Only results and errors.")
  var quiet = false

  private var environment: [String: String] { ProcessInfo.processInfo.environment }
  var outputStyle: Style { color.style(isTerminal: Terminal.outputIsTerminal, environment: environment) }
  var errorStyle: Style { color.style(isTerminal: Terminal.errorIsTerminal, environment: environment) }

  /// Says something that is not a result.
  func note(_ text: String) {
    if !quiet { Terminal.error(text + "\n") }
  }
}

extension ColourChoice: @retroactive ExpressibleByArgument {}
