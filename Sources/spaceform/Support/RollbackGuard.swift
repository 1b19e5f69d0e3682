import Diagnostics
import Git
import SpaceModel
import State

/// Keeps an older revision from being applied over a newer one: in CI two runs may end in the wrong order.
///
/// The file store needs none of it, since its lock goes back with the work tree that goes back.
struct RollbackGuard: Sendable {
  let folder: ProjectFolder
  let state: StateDeclaration
  /// The commit that is to be applied, or that is checked out with changes.
  let head: String?

  /// Refuses what is not the applied revision or one that comes after it.
  func check(_ lock: Lock?, _ options: GlobalOptions) throws(Failure) {
    guard case .git(let declaration) = state, let applied = lock?.revision, let head, applied != head,
      let repository = try GitRepository.open(containing: folder.path)
    else { return }
    let doing = "comparing the revision \(head.prefix(12)) with the one applied last, \(applied.prefix(12))"
    let consent = "To apply it all the same, pass --allow-rollback."
    var verdict = try repository.isAncestor(applied, of: head)
    var reason = ""
    if verdict == nil {
      do throws(Failure) {
        verdict = try repository.isAncestor(applied, of: head, asking: declaration.remote, options.environment)
      } catch {
        reason = " (\(error.doing): \(error.problem))"
      }
    }
    switch verdict {
    case true?: return
    case false?:
      throw Failure(
        doing: doing, problem: "it does not come after it, so applying it would undo what came in between",
        help: "Bring the checkout up to date, for example with `git pull`. \(consent)", status: .stale)
    case nil:
      throw Failure(
        doing: doing, problem: "this clone is shallow, and which one came first cannot be told from it\(reason)",
        help: "Fetch the history with `git fetch --unshallow`, or check out with it (`fetch-depth: 0`). \(consent)",
        status: .stale)
    }
  }

  /// Whether apply would refuse, as far as that can be told here without asking anybody.
  func refuses(_ lock: Lock?) throws(Failure) -> Bool {
    guard case .git = state, let applied = lock?.revision, let head,
      let repository = try GitRepository.open(containing: folder.path)
    else { return false }
    return try repository.isAncestor(applied, of: head) == false
  }
}
