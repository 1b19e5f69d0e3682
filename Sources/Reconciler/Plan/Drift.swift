import Diagnostics
import SpaceModel

/// The part of a plan that is not ours: what changed on the Hub without Spaceform, and Spaces that are down.
public struct Drift: Sendable, Hashable {
  public struct Space: Sendable, Hashable {
    public var address: SpaceID
    /// The recorded Space is gone, or another one is in its place.
    public var isGone: Bool
    public var changes: [Change]
    public var files: [FileChange]
    public var foreignCommits: [String]
    /// Set when the Space is in an error stage.
    public var errorStage: Stage?
  }

  public var spaces: [Space]
  /// Why some Spaces could not be judged: 4 or 1; 0 when all could.
  public var status: ExitStatus

  public init(_ plan: Plan) {
    spaces = plan.spaces.compactMap { space in
      let changes = space.action == .create ? [] : space.changes.filter { $0.origin == .drift }
      let hasFiles = changes.contains { $0.path == "content" } || space.blockedContent != nil
      let drifted = Space(
        address: space.address,
        isGone: (space.action == .create && space.origin == .drift) || space.isGoneWithoutUs
          || space.isReplacedByAnother,
        changes: changes.filter { $0.path != "content" }, files: hasFiles ? space.files : [],
        foreignCommits: space.foreignCommits, errorStage: space.stage.flatMap { $0.isError ? $0 : nil })
      let isDrifted =
        drifted.isGone || !changes.isEmpty || !drifted.foreignCommits.isEmpty || drifted.errorStage != nil
      return isDrifted ? drifted : nil
    }
    let unclear = plan.spaces.compactMap(\.blocked).filter { $0.status == .notAllowed }
    status = unclear.isEmpty ? .success : .notAllowed
  }

  public var json: JSONValue {
    [
      "format_version": 1,
      "spaces": .array(
        spaces.map { space in
          [
            "address": .string(space.address.description), "gone": .bool(space.isGone),
            "error_stage": space.errorStage.map { .string($0.rawValue) } ?? .null,
            "changes": .array(space.changes.map(Self.json)),
            "files": .array(space.files.map { .string($0.path) }),
            "foreign_commits": .array(space.foreignCommits.map(JSONValue.string)),
          ]
        }),
    ]
  }
}

extension Drift {
  /// Of a secret only that it is there is ever known, and why it counts as changed.
  private static func json(_ change: Change) -> JSONValue {
    guard change.isSecret else {
      return ["path": .string(change.path), "recorded": change.new ?? .null, "live": change.old ?? .null]
    }
    let reason = (change.new?.stringValue ?? "").replacing("(secret) ", with: "", maxReplacements: 1)
    return [
      "path": .string(change.path), "recorded": "(secret)", "live": change.old ?? .null, "reason": .string(reason),
    ]
  }
}

extension SpacePlan {
  /// Recorded, no longer defined, and gone from the Hub already.
  fileprivate var isGoneWithoutUs: Bool { action == .forget && binding.live == nil }
}
