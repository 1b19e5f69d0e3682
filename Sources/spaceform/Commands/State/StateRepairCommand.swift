import ArgumentParser
import Console
import Diagnostics
import Files
import Hub
import HubAPI
import Reconciler
import SpaceModel
import State

/// `spaceform state repair`: a lock with merge conflict markers, put together again.
struct StateRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair", abstract: "Put a lock with merge conflict markers together from both sides and the Hub.",
    discussion: """
      Records that both sides have alike, or that only one side has, are taken as they are. Where the sides differ the Hub is
      asked which record is of the Space that is there, by its id and by the commit at its head. What the Hub cannot decide is
      left as it is, markers and all, unless --ours or --theirs says which side to keep.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Keep our side of what the Hub cannot decide.")
  var ours = false

  @Flag(help: "Keep their side of what the Hub cannot decide.")
  var theirs = false

  func validate() throws {
    if ours, theirs { throw ValidationError("--ours and --theirs exclude each other.") }
  }

  func run() async throws {
    let place = try LockPlace(options)
    guard place.outline.state == .file else {
      throw Failure(
        doing: "repairing the lock of \(place.outline.name)", problem: "it is kept on a branch, which is never merged",
        help: "`spaceform state push --force FILE` puts another in its place")
    }
    // Also refuses a name of an environment that cannot be part of a file name.
    _ = try place.store.openJournal()
    let name = place.folder.lockName
    let path = place.folder.path + "/" + name
    let lease = try Self.lease(place.folder)
    defer { withExtendedLifetime(lease) {} }
    guard let bytes = try AtomicFile.read(path), let repair = try LockRepair.merge(conflicted: bytes, file: name) else {
      return show([], name: name, isChanged: false)
    }
    var lock = repair.lock
    var decisions: [LockDecision] = []
    if !repair.unsettled.isEmpty {
      let hub = try HubAccess.client(options)
      try HubAccess.check(lock, file: name, endpoint: hub.endpoint, project: lock.project)
      for dispute in repair.unsettled { decisions.append(try await LockDecision.make(dispute, hub)) }
    }
    for index in decisions.indices where decisions[index].side == nil {
      if ours { decisions[index].side = .ours }
      if theirs { decisions[index].side = .theirs }
    }
    let open = decisions.filter { $0.side == nil }
    guard open.isEmpty else {
      throw Failure(
        doing: "repairing \(name)",
        problem: open.map { "\($0.dispute.address): \($0.reason)" }.joined(separator: "; "),
        help: "The file is left as it is; `spaceform state repair --ours` or `--theirs` keeps one side of these")
    }
    for decision in decisions {
      if let record = decision.record { lock.spaces[decision.dispute.address] = record }
    }
    // Two addresses of one Space, after a move on one side, would be a lock that nobody reads.
    let text = LockCodec.text(lock)
    _ = try LockCodec.parse(Array(text.utf8), file: name)
    try AtomicFile.replace(path, with: Array(text.utf8))
    show(decisions, name: name, isChanged: true)
  }

  private static func lease(_ folder: ProjectFolder) throws(Failure) -> FileLock? {
    // Where nothing was ever applied there is no lease to take, and no apply that could hold it.
    let privateFolder = folder.path + "/.spaceform"
    return Posix.status(privateFolder) == nil ? nil : try FileLock(privateFolder + "/lock")
  }

  private func show(_ decisions: [LockDecision], name: String, isChanged: Bool) {
    switch output.format {
    case .json:
      let report: JSONValue = [
        "format_version": 1, "repaired": .bool(isChanged),
        "decisions": .array(
          decisions.map { decision in
            [
              "address": .string(decision.dispute.address.description), "side": .string(decision.side?.rawValue ?? "none"),
              "reason": .string(decision.reason),
            ]
          }),
      ]
      Terminal.output(report.prettyText)
    case .human:
      for decision in decisions {
        Terminal.output("\(decision.dispute.address): \(decision.side?.rawValue ?? "none"), because \(decision.reason)\n")
      }
      Terminal.output(
        isChanged ? "\(name) is whole again; `git add \(name)`, then `spaceform plan`.\n" : "\(name) holds no conflict.\n")
    }
  }
}
