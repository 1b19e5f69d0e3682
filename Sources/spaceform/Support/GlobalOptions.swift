import ArgumentParser
import Console
import Platform

/// What every command takes, before or after its name.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: [.customShort("C")],
    help: ArgumentHelp(
      "Work in this folder; the project is it, or the nearest folder above with a spaceform.yaml.", valueName: "dir"),
    completion: .directory)
  var directory = "."

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp("Use this environment of spaceform.yaml, with a lock of its own.", valueName: "name"),
    completion: .environment)
  var environmentName: String?

  @Option(help: "When to use colour: auto, always or never. NO_COLOR is honoured.")
  var color: ColourChoice = .auto

  @Flag(name: .shortAndLong, help: "No progress, only results and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more: every file of a plan, every call to the Hub.")
  var verbose = false

  var environment: [String: String] { ProcessInfo.processInfo.environment }
  var outputStyle: Style { color.style(isTerminal: Terminal.outputIsTerminal, environment: environment) }
  var errorStyle: Style { color.style(isTerminal: Terminal.errorIsTerminal, environment: environment) }

  /// Says something that is not a result.
  func note(_ text: String) {
    if !quiet { Terminal.error(text + "\n") }
  }
}

/// `--format` of every command but those whose output has more forms than two.
struct OutputOptions: ParsableArguments {
  @Option(help: "Form of the output on standard output.")
  var format: OutputFormat = .human
}

enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case human, json
}

extension ColourChoice: ExpressibleByArgument {}
