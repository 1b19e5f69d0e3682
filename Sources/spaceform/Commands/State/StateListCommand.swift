import ArgumentParser
import Console
import Reports
import SpaceModel
import State

/// `spaceform state list`
struct StateListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the Spaces in the lock, without asking the Hub.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let lock = try LockPlace(options).store.read()
    if lock?.spaces.isEmpty ?? true { options.note("The lock knows no Space yet.") }
    switch output.format {
    case .json: Terminal.output(LockText.list(json: lock).prettyText)
    case .human:
      guard let lock, !lock.spaces.isEmpty else { return }
      Terminal.output(LockText(style: options.outputStyle).list(lock))
    }
  }
}
