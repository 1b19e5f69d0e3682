import Diagnostics
import Git
import SpaceModel
import State

/// What speaks against putting one lock in place of another.
struct LockReplacement: Sendable {
  let folder: ProjectFolder
  let present: Lock?
  let new: Lock

  /// Nil when nothing does.
  var objection: String? {
    get throws(Failure) {
      guard let present else { return nil }
      if present.project != new.project || present.hub != new.hub {
        return "the lock that is there is of the project \(present.project) on the Hub \(present.hub)"
      }
      let forgotten = present.spaces.keys.filter { new.spaces[$0] == nil }.sorted()
      if !forgotten.isEmpty { return "it would forget \(LockReplacement.list(forgotten))" }
      let others = present.spaces.filter { new.spaces[$0.key]?.hubID != $0.value.hubID }.keys.sorted()
      if !others.isEmpty { return "it has another Space at \(LockReplacement.list(others)) than the lock that is there" }
      guard let applied = present.revision, let revision = new.revision, applied != revision,
        let repository = try GitRepository.open(containing: folder.path),
        try repository.isAncestor(revision, of: applied) == true
      else { return nil }
      return "it is older: its revision \(revision.prefix(12)) comes before \(applied.prefix(12)), which was applied since"
    }
  }

  private static func list(_ addresses: [SpaceID]) -> String {
    let shown = addresses.prefix(5).map(\.description).joined(separator: ", ")
    return addresses.count > 5 ? "\(shown) and \(addresses.count - 5) more" : shown
  }
}
