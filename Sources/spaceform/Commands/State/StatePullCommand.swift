import ArgumentParser
import Console
import Diagnostics
import State

/// `spaceform state pull`: the lock, from wherever it is, on standard output.
struct StatePullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Write the lock to standard output, from wherever it is kept.",
    discussion: """
      Takes no lease and changes nothing. With a git store it brings the lock as it is on the branch now.

      EXAMPLES
        spaceform state pull > backup.lock
      """)

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let place = try LockPlace(options)
    guard let lock = try place.store.read() else {
      throw Failure(
        doing: "reading the lock of \(place.outline.name)", problem: "nothing has been applied yet, so there is none")
    }
    Terminal.output(LockCodec.text(lock))
  }
}
