import ArgumentParser
import Console
import Diagnostics
import SpaceModel
import State

/// `spaceform state mv`
struct StateMoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mv", abstract: "Give a record another address, after the Space was moved on the Hub by hand.",
    discussion: """
      Changes the lock only. To rename a Space, change its definition, with `moved_from`, and apply: that moves the Space itself.

      EXAMPLES
        spaceform state mv acme/old-chat acme/chat
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var lease: LeaseOptions

  @Argument(help: "The address in the lock.", completion: .space)
  var from: String

  @Argument(help: "The address it gets.")
  var to: String

  func run() throws {
    let place = try LockPlace(options, lease)
    let from = try place.address(from)
    let to = try place.address(to)
    let doing = "moving the record of \(from) to \(to)"
    try LockEdit.run(place.store, doing: doing) { lock throws(Failure) in
      guard var lock, let record = lock.spaces[from] else { throw LockPlace.unknown(from, in: lock, doing: doing) }
      guard lock.spaces[to] == nil else {
        throw Failure(
          doing: doing, problem: "the lock has a record of \(to)", help: "`spaceform state rm \(to)` forgets that one")
      }
      lock.spaces[from] = nil
      lock.spaces[to] = record
      for (address, other) in lock.spaces where other.dependsOn.contains(from) {
        lock.spaces[address]?.dependsOn = other.dependsOn.map { $0 == from ? to : $0 }.sorted()
      }
      return lock
    }
    switch output.format {
    case .json:
      let report: JSONValue = [
        "format_version": 1, "moved": ["from": .string(from.description), "to": .string(to.description)],
      ]
      Terminal.output(report.prettyText)
    case .human: Terminal.output("The lock has the record of \(from) at \(to) now. Nothing was done on the Hub.\n")
    }
  }
}
