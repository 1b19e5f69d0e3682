import ArgumentParser
import Console
import Diagnostics
import SpaceModel
import State

/// `spaceform state unlock`: ends the lease of a run that is gone.
struct StateUnlockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "End the lease of a run that is known to be gone.",
    discussion: """
      With a git store a run that was killed on a machine that is gone holds the lease until it has given no sign for the lease's
      duration and a minute: `apply --lease-timeout` waits for that. This ends it at once, and also puts a lease right that cannot be
      read. Only do it when that run is over: one that still works would go on with what it is at. What it left undone is in the journal,
      and the next apply finds out about it.

      With a file store there is nothing to unlock: the lease is the process's, and ends with it.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var confirmation: Confirmation

  func run() throws {
    let place = try LockPlace(options)
    var ended: LeaseHolder?
    var isDamaged = false
    var stopped: (any Error)?
    let isUnlocked = try place.store.unlock { holder in
      ended = holder
      isDamaged = holder == nil
      let question =
        holder.map { "\($0) holds the lease. Is that run over?" } ?? "The lease cannot be read. Is no apply at work?"
      do {
        try confirmation.ask(question, doing: "ending the lease on the state of \(place.outline.name)", options)
        return true
      } catch {
        stopped = error
        return false
      }
    }
    if let stopped { throw stopped }
    switch output.format {
    case .json:
      let report: JSONValue = [
        "format_version": 1, "unlocked": .bool(isUnlocked), "holder": ended.map { .string($0.owner) } ?? .null,
      ]
      Terminal.output(report.prettyText)
    case .human:
      guard isUnlocked else { return Terminal.output("Nobody holds the lease.\n") }
      Terminal.output(
        isDamaged
          ? "The lease is written anew, and nobody holds it.\n"
          : "The lease of \(ended?.owner ?? "that run") is ended. The next apply finds out what was left undone.\n")
    }
  }
}
