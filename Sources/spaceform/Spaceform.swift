import ArgumentParser

struct G: ParsableArguments {
  @Option(name: [.customShort("C")]) var directory: String = "."
  @Flag(name: .shortAndLong) var quiet = false
}

@main
struct Spaceform: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "spaceform", subcommands: [A.self])
  @OptionGroup var g: G
}
struct A: AsyncParsableCommand {
  @OptionGroup var g: G
  @Option var x = 1
  func run() async throws { print(g.directory, g.quiet, x) }
}
