import Diagnostics
import SpaceModel

extension Rule {
  static let duplicateAddress: Rule = Rule(
    "SF601", isStructural: true,
    summary: "Two definitions have the same address.",
    explanation: "Each Space is defined once. Two definitions would undo each other's changes at every apply.",
    failing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: chat\n"]),
    passing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: talk\n"]),
    check: .fleet { fleet in
      fleet.repeats { $0 }.map { earlier, later, id in
        let other = fleet.spaces[earlier]
        return Rule.duplicateAddress.finding(
          "the Space `\(id)` is already defined in \(other.file)", help: "Rename or remove one of the two.",
          at: fleet.spaces[later].namePlace.value,
          related: [RelatedSpan(span: other.namePlace.value, message: "defined first here")])
      }
    })
}

extension FleetDraft {
  /// Every Space whose address has the same key as that of a Space before it, with the first such one.
  func repeats<Key: Hashable>(_ key: (SpaceID) -> Key) -> [(earlier: Int, later: Int, id: SpaceID)] {
    var first: [Key: Int] = [:]
    first.reserveCapacity(ids.count)
    return ids.enumerated().compactMap { index, id in
      guard let id else { return nil }
      let key = key(id)
      if let earlier = first[key] { return (earlier, index, id) }
      first[key] = index
      return nil
    }
  }
}
