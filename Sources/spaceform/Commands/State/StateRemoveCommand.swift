import ArgumentParser
import Console
import Diagnostics
import SpaceModel
import State

/// `spaceform state rm`
struct StateRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Forget Spaces: take them out of the lock, and leave them on the Hub.",
    discussion: """
      Changes the lock only. While a definition is there, `plan` reports the Space as existing and not ours until it is imported
      again. To delete a Space, remove its definition and name it under `removed:` in spaceform.yaml.

      EXAMPLES
        spaceform state rm acme/chat
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var lease: LeaseOptions

  @Argument(help: "The Spaces: owner/name, or bare names where the project has an owner.", completion: .space)
  var addresses: [String]

  func run() throws {
    let place = try LockPlace(options, lease)
    var spaces: [SpaceID] = []
    for text in addresses {
      let space = try place.address(text)
      if !spaces.contains(space) { spaces.append(space) }
    }
    let doing = "forgetting \(spaces.map(\.description).joined(separator: ", "))"
    try LockEdit.run(place.store, doing: doing) { [spaces] lock throws(Failure) in
      for space in spaces where lock?.spaces[space] == nil { throw LockPlace.unknown(space, in: lock, doing: doing) }
      guard var lock else { throw Failure(doing: doing, problem: "there is no lock") }
      for space in spaces { lock.spaces[space] = nil }
      return lock
    }
    switch output.format {
    case .json:
      let report: JSONValue = ["format_version": 1, "removed": .array(spaces.map { .string($0.description) })]
      Terminal.output(report.prettyText)
    case .human:
      for space in spaces { Terminal.output("The lock has forgotten \(space). The Space itself stays on the Hub.\n") }
    }
  }
}
