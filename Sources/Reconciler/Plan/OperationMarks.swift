import Cryptography
import SpaceModel

/// What a plan would make of the Hub, as short marks: one for each setting, key, file and Space that would become something.
///
/// They say where things go, not where they come from, so that the rest of a plan that was begun and cut off has marks that the whole
/// plan had. A plan all of whose marks were reviewed does nothing that nobody agreed to.
public struct OperationMarks: Sendable, Hashable {
  public let marks: Set<String>

  public init(_ marks: some Sequence<String>) { self.marks = Set(marks) }

  public init(_ plan: Plan) {
    marks = plan.spaces.filter { $0.blocked == nil }.reduce(into: []) { marks, space in
      for operation in OperationMarks.operations(space) { marks.insert(OperationMarks.mark(operation)) }
    }
  }

  /// Whether this plan does nothing beyond what the other one would have done.
  public func isWithin(_ reviewed: OperationMarks) -> Bool { marks.isSubset(of: reviewed.marks) }

  private static func operations(_ space: SpacePlan) -> [JSONValue] {
    let address = JSONValue.string(space.address.description)
    var operations: [JSONValue] = []
    switch space.action {
    // A Space that is to be made is told by what is to be in it: once it is there, the rest is an update.
    case .create, .update, .verify, .none: break
    case .move: operations.append([address, "move", .string(space.movedFrom?.description ?? "")])
    case .adopt, .replace, .destroy, .forget: operations.append([address, .string(space.action.rawValue)])
    }
    operations += space.changes.map { [address, "set", .string($0.path), $0.isSecret ? "secret" : $0.new ?? .null] }
    operations += space.files.map { [address, "file", .string($0.path), $0.new.map(JSONValue.string) ?? .null] }
    return operations
  }

  private static func mark(_ operation: JSONValue) -> String {
    String(Digest.sha256Hex(Array(operation.canonicalText.utf8)).prefix(10))
  }
}
