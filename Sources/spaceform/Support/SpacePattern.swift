import Diagnostics
import HubAPI
import Reconciler
import SpaceModel

/// An address of the command line that may stand for several Spaces: `owner/name`, a bare name where the project has an owner, and
/// either with `*` in the name for any text.
struct SpacePattern: Sendable, Hashable {
  let owner: String
  /// With `*` for any text.
  let name: String

  private var isPattern: Bool { name.contains("*") }

  /// - Parameter owner: the project's.
  init(_ text: String, owner: String?) throws(Failure) {
    // Any text will do for the star to see whether the rest is an address.
    guard text.contains("*") else {
      let address = try SpaceArgument.address(text, owner: owner)
      (self.owner, self.name) = (address.owner, address.name)
      return
    }
    let address = try? SpaceArgument.address(text.replacing("*", with: "x"), owner: owner)
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let address, let name = parts.last, parts.count == 1 || !parts[0].contains("*") else {
      throw Failure(
        doing: "reading the address `\(text)`", problem: "`*` stands for any text in the name of a Space, behind its owner",
        help: "Write `owner/*`, or `owner/demo-*`", status: .usage)
    }
    (self.owner, self.name) = (address.owner, name)
  }

  /// The Spaces these stand for, each once; those of a pattern by name. A pattern that stands for none is an error.
  static func addresses(_ patterns: [SpacePattern], _ hub: any HubAPI) async throws(Failure) -> [SpaceID] {
    var found: [SpaceID] = []
    var lists: [String: [SpaceID]] = [:]
    for pattern in patterns {
      guard pattern.isPattern else {
        if let address = SpaceID(owner: pattern.owner, name: pattern.name) { found.append(address) }
        continue
      }
      let all: [SpaceID]
      if let known = lists[pattern.owner] { all = known } else { all = try await list(pattern.owner, hub) }
      lists[pattern.owner] = all
      let matching = all.filter { PatternMatch.matches(pattern.name, $0.name) }
      guard !matching.isEmpty else {
        throw Failure(
          doing: "looking for the Spaces `\(pattern.owner)/\(pattern.name)`",
          problem: all.isEmpty
            ? "\(pattern.owner) has no Space that this token may see"
            : "none of the \(all.count) Spaces of \(pattern.owner) that this token may see has such a name",
          help: "Check the owner's name, and that the token is of somebody who may see its private Spaces")
      }
      found += matching
    }
    var seen: Set<SpaceID> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func list(_ owner: String, _ hub: any HubAPI) async throws(Failure) -> [SpaceID] {
    do throws(HubError) {
      return try await hub.spaces(ownedBy: owner).map(\.address).sorted()
    } catch {
      throw error.failure(doing: "listing the Spaces of \(owner)")
    }
  }
}
