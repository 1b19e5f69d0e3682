import ArgumentParser
import Console
import Reports
import SpaceModel
import State

/// `spaceform state show`
struct StateShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what the lock records of one Space.",
    discussion: """
      Of a secret it shows when it was written and its version; the value is nowhere in the lock.

      EXAMPLES
        spaceform state show acme/chat
        spaceform state show chat --format json | jq .record.settings
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The Space: owner/name, or a bare name where the project has an owner.", completion: .space)
  var address: String

  func run() throws {
    let place = try LockPlace(options)
    let space = try place.address(address)
    let lock = try place.store.read()
    guard let lock, let record = lock.spaces[space] else {
      throw LockPlace.unknown(space, in: lock, doing: "showing the record of \(space)")
    }
    switch output.format {
    case .json: Terminal.output(LockText.record(json: space, in: lock).prettyText)
    case .human: Terminal.output(LockText(style: options.outputStyle).record(space, record))
    }
  }
}
