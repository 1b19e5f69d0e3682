import Diagnostics
import Locking
import Reconciler
import SpaceModel

/// An apply as it happens, for programs: one JSON object a line (docs/formats.md, "apply").
public struct ApplyStream: Sendable {
  private let now: @Sendable () -> Timestamp
  private let write: @Sendable (String) -> Void
  /// Spaces are worked on at the same time, and a line is whole.
  private let turn = Locked(())

  /// - Parameters:
  ///   - now: the time that lines are given.
  ///   - write: takes a whole line; called by one thread at a time.
  public init(now: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable (String) -> Void) {
    self.now = now
    self.write = write
  }

  /// The first line: what will be done.
  public func begin(_ plan: Plan) {
    line(
      "plan",
      [
        "format_version": 1, "operations_digest": .string(plan.operationsDigest), "hub": .string(plan.hub),
        "project": .string(plan.project),
        "spaces": .array(
          plan.actionable.map {
            ["address": .string($0.address.description), "action": .string($0.action.rawValue)]
          }),
      ])
  }

  public func show(_ event: ApplyEvent) {
    switch event {
    case .started(let space, let action): line("started", space, ["action": .string(action.rawValue)])
    case .working(let space, let text): line("working", space, ["text": .string(text)])
    case .stage(let space, let stage): line("stage", space, ["stage": .string(stage.rawValue)])
    case .finished(let space, let action, let seconds):
      line("finished", space, ["action": .string(action.rawValue), "seconds": .double((seconds * 10).rounded() / 10)])
    case .failed(let space, let failure): line("failed", space, ApplySummaryText.members(of: failure))
    case .skipped(let space, let reason): line("skipped", space, ["reason": .string(reason)])
    }
  }

  /// The last line: how it ended.
  public func end(_ summary: ApplySummary, digest: String) {
    line("summary", ApplySummaryText.json(summary, digest: digest).objectValue ?? [:])
  }

  private func line(_ type: String, _ space: SpaceID, _ members: [String: JSONValue]) {
    line(type, members.merging(["address": .string(space.description)]) { own, _ in own })
  }

  private func line(_ type: String, _ members: [String: JSONValue]) {
    let all = members.merging(["type": .string(type), "time": .string(now().description)]) { own, _ in own }
    turn.withLock { _ in write(JSONValue.object(all).canonicalText + "\n") }
  }
}
