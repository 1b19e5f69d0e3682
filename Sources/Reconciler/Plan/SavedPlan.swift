import Diagnostics
import Platform
import SpaceModel
import State

/// A plan written by `--out`, read back to be applied as it was reviewed or not at all.
public struct SavedPlan: Sendable {
  /// The whole document, for showing.
  public let json: JSONValue
  public let project: String
  public let hub: String
  public let operationsDigest: String
  /// The Spaces something is to be done to.
  public let addresses: Set<SpaceID>
  /// Whether it was made of a part of the project.
  public let isPartial: Bool
  private let bindings: [String: JSONValue]

  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: the file's name, for messages.
  public init(bytes: [UInt8], name: String) throws(Failure) {
    let doing = "reading the saved plan \(name)"
    let remake = "Make it again with `spaceform plan --out \(name)`"
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)), case .object = json else {
      throw Failure(doing: doing, problem: "it is not a plan: not a JSON object", help: remake, status: .stale)
    }
    guard let version = json["format_version"]?.intValue else {
      throw Failure(doing: doing, problem: "it is not a plan: no format_version", help: remake, status: .stale)
    }
    guard version == Plan.formatVersion else {
      throw Failure(
        doing: doing,
        problem: version > Plan.formatVersion
          ? "a newer version of spaceform made it: its format is \(version), and this program reads \(Plan.formatVersion)"
          : "it has format \(version), and this program reads format \(Plan.formatVersion)",
        help: version > Plan.formatVersion ? "Upgrade spaceform, or make the plan with this one. \(remake)" : remake,
        status: .stale)
    }
    guard let project = json["project"]?.stringValue, let hub = json["hub"]?.stringValue,
      let digest = json["operations_digest"]?.stringValue, let spaces = json["spaces"]?.arrayValue,
      let bindings = json["bindings"]?.objectValue
    else {
      throw Failure(doing: doing, problem: "members are missing: it was cut off or edited", help: remake, status: .stale)
    }
    guard json["refresh"] != .string(Refresh.nothing.rawValue) else {
      throw Failure(
        doing: doing, problem: "it was made with `--refresh none`, so it is bound to nothing on the Hub", help: remake,
        status: .usage)
    }
    guard PlanOperations.digest(ofSpaces: spaces) == digest else {
      throw Failure(
        doing: doing, problem: "it was edited: its operations do not match their digest", help: remake, status: .stale)
    }
    let acting = spaces.filter { $0["action"] != "none" && $0["blocked"] == nil }
    self.json = json
    isPartial = json["selection"] != nil
    self.project = project
    self.hub = hub
    operationsDigest = digest
    addresses = Set(acting.compactMap { $0["address"]?.stringValue.flatMap(SpaceID.init) })
    self.bindings = bindings
  }

  /// The Spaces that a fresh plan has to be about to be held against this one: those it acts on, and what they depend on.
  public func chosen(in fleet: Fleet, _ lock: Lock?) -> Set<SpaceID> { SpaceSelection.closure(of: addresses, in: fleet, lock) }

  /// The fresh plan reduced to what was saved, or the failure that says what has changed since.
  public func bound(to fresh: Plan, name: String) throws(Failure) -> Plan {
    var reasons: [String] = []
    if fresh.project != project { reasons.append("it is of project \(project), not \(fresh.project)") }
    if fresh.hub != hub { reasons.append("it is for the Hub \(hub), not \(fresh.hub)") }
    let spaces = fresh.spaces.filter { addresses.contains($0.address) }
    let missing = addresses.subtracting(spaces.map(\.address))
    reasons += missing.sorted().map { "\($0) is neither defined nor recorded any more" }
    for space in spaces {
      let saved = bindings[space.address.description]
      let changed = space.binding.named.filter { saved?[$0.0] != $0.1.map(JSONValue.string) ?? .null }.map(\.0)
      if !changed.isEmpty {
        reasons.append("\(space.address): \(changed.map(Self.phrase).joined(separator: ", ")) changed")
      }
    }
    var plan = fresh
    plan.spaces = spaces
    if reasons.isEmpty, plan.operationsDigest != operationsDigest {
      reasons.append("the same input now leads to other operations: the options or the version of spaceform differ")
    }
    guard reasons.isEmpty else {
      throw Failure(
        doing: "applying the saved plan \(name)", problem: "it is stale: \(reasons.joined(separator: "; "))",
        help: "Look at the new plan: `spaceform plan --out \(name)`", status: .stale)
    }
    return plan
  }

  private static func phrase(_ part: String) -> String {
    switch part {
    case "definition": "the definition"
    case "content": "the files"
    case "record": "the lock's record"
    default: "the Space on the Hub"
    }
  }
}
