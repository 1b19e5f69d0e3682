import ArgumentParser
import Diagnostics
import SpaceModel
import State

/// `spaceform state`: the lock, looked at and put right.
struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Look at the lock, and put it right.",
    discussion: """
      The lock is what Spaceform last made of each Space. It is in spaceform.lock or spaceform.ENV.lock, or with `state: { store: git }`
      on a branch of a remote. `list`, `show` and `pull` read it; `mv`, `rm`, `push` and `repair` change it and nothing on the Hub.
      `unlock` ends the lease of a run that is gone.
      """,
    subcommands: [
      StateListCommand.self, StateShowCommand.self, StateMoveCommand.self, StateRemoveCommand.self, StatePullCommand.self,
      StatePushCommand.self, StateUnlockCommand.self, StateRepairCommand.self,
    ])
}

/// The lock of the project a command is used in.
struct LockPlace {
  let folder: ProjectFolder
  let outline: ProjectOutline
  let store: any StateStore

  /// - Parameter lease: of commands that take it.
  init(_ options: GlobalOptions, _ lease: LeaseOptions? = nil) throws(Failure) {
    folder = try ProjectFolder(options)
    outline = try ProjectOutline(folder)
    store = try StateAccess.store(
      folder, project: outline.name, state: outline.state, options, patience: lease?.leaseTimeout)
  }

  func address(_ text: String) throws(Failure) -> SpaceID { try SpaceArgument.address(text, owner: outline.owner) }

  /// The failure for an address the lock does not know.
  static func unknown(_ address: SpaceID, in lock: Lock?, doing: String) -> Failure {
    let near = Suggestion.nearest(to: address.description, among: (lock?.spaces.keys.sorted() ?? []).map(\.description))
    return Failure(
      doing: doing, problem: "the lock does not know \(address)",
      help: (near.map { "did you mean \($0)? " } ?? "") + "`spaceform state list` shows what it knows")
  }
}
