import Diagnostics
import SpaceModel
import State

/// The part of a project that a plan is about: what `--target` and `--exclude` name.
///
/// A pattern is an address or a name, with `*` for any text: `acme/chat`, `chat`, `acme/demo-*`. A Space that is to be moved answers to its
/// old address too.
public struct SpaceSelection: Sendable, Hashable {
  /// Only these, and what they depend on; none means all.
  public var targets: [String]
  /// Not these, nor what depends on them.
  public var excludes: [String]

  public init(targets: [String] = [], excludes: [String] = []) {
    self.targets = targets
    self.excludes = excludes
  }

  public var isEverything: Bool { targets.isEmpty && excludes.isEmpty }

  /// The addresses that are chosen, of Spaces that are defined and of those that are only recorded; nil for all.
  ///
  /// Fails when a pattern names nothing, and when nothing is left.
  public func addresses(in fleet: Fleet, _ lock: Lock?) throws(Failure) -> Set<SpaceID>? {
    guard !isEverything else { return nil }
    let known = KnownSpaces(fleet, lock)
    var chosen = Set(known.names.keys)
    if !targets.isEmpty { chosen = known.withDependencies(try matches(targets, "--target", known)) }
    if !excludes.isEmpty { chosen.subtract(known.withDependents(try matches(excludes, "--exclude", known))) }
    guard !chosen.isEmpty else {
      throw Failure(
        doing: "choosing Spaces", problem: "`--target` and `--exclude` leave none",
        help: "`--exclude` also leaves out what depends on the Spaces it names; name fewer", status: .usage)
    }
    return chosen
  }

  /// These Spaces and what they depend on, of those that are defined or recorded.
  static func closure(of addresses: Set<SpaceID>, in fleet: Fleet, _ lock: Lock?) -> Set<SpaceID> {
    KnownSpaces(fleet, lock).withDependencies(addresses)
  }

  private func matches(_ patterns: [String], _ option: String, _ known: KnownSpaces) throws(Failure) -> Set<SpaceID> {
    var found: Set<SpaceID> = []
    for pattern in patterns {
      let matched = known.names.filter { $0.value.contains { SpaceSelection.matches(pattern, $0) } }.map(\.key)
      guard !matched.isEmpty else {
        let near = Suggestion.nearest(
          to: pattern, among: known.names.values.flatMap { $0.flatMap { [$0.description, $0.name] } })
        throw Failure(
          doing: "choosing Spaces", problem: "`\(option) \(pattern)` names no Space that is defined or recorded",
          help: near.map { "Did you mean `\($0)`?" } ?? "`spaceform state list` shows what is recorded; use `*` for any text",
          status: .usage)
      }
      found.formUnion(matched)
    }
    return found
  }

  private static func matches(_ pattern: String, _ address: SpaceID) -> Bool {
    let text = pattern.utf8.contains(UInt8(ascii: "/")) ? address.description : address.name
    return PatternMatch.matches(pattern, text)
  }
}

/// Every Space that a plan can be about, and who depends on whom.
private struct KnownSpaces {
  /// The addresses each answers to, by the one it is planned at.
  private(set) var names: [SpaceID: [SpaceID]] = [:]
  private var dependencies: [SpaceID: Set<SpaceID>] = [:]

  init(_ fleet: Fleet, _ lock: Lock?) {
    let recorded = lock?.spaces ?? [:]
    var origins: Set<SpaceID> = []
    for definition in fleet.spaces {
      names[definition.id] = [definition.id]
      dependencies[definition.id] = Set(definition.dependsOn).union(definition.references)
      if let origin = definition.movedFrom, recorded[definition.id] == nil, recorded[origin] != nil {
        names[definition.id]?.append(origin)
        origins.insert(origin)
      }
    }
    for address in recorded.keys where names[address] == nil && !origins.contains(address) { names[address] = [address] }
  }

  func withDependencies(_ addresses: Set<SpaceID>) -> Set<SpaceID> {
    reached(from: addresses) { dependencies[$0] ?? [] }.filter { names[$0] != nil }
  }

  func withDependents(_ addresses: Set<SpaceID>) -> Set<SpaceID> {
    var dependents: [SpaceID: Set<SpaceID>] = [:]
    for (space, needed) in dependencies { for other in needed { dependents[other, default: []].insert(space) } }
    return reached(from: addresses) { dependents[$0] ?? [] }
  }

  private func reached(from start: Set<SpaceID>, _ next: (SpaceID) -> Set<SpaceID>) -> Set<SpaceID> {
    var reached = start
    var open = Array(start)
    while let space = open.popLast() {
      for other in next(space) where reached.insert(other).inserted { open.append(other) }
    }
    return reached
  }
}

extension Fleet {
  /// The part of it with these Spaces; the whole when there is no choice.
  public func only(_ chosen: Set<SpaceID>?) -> Fleet {
    guard let chosen else { return self }
    var fleet = self
    fleet.spaces.removeAll { !chosen.contains($0.id) }
    return fleet
  }
}

extension Lock {
  /// The records of these Spaces, and those that Spaces of the fleet were moved from.
  public func only(_ chosen: Set<SpaceID>?, of fleet: Fleet) -> Lock {
    guard let chosen else { return self }
    let origins = Set(fleet.spaces.filter { chosen.contains($0.id) }.compactMap(\.movedFrom))
    var lock = self
    lock.spaces = lock.spaces.filter { chosen.contains($0.key) || origins.contains($0.key) }
    return lock
  }
}
