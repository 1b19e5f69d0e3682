import Diagnostics
import Files
import Reconciler
import SpaceModel
import State

/// Makes plans without a network: definitions against the lock alone.
struct OfflinePlanning: Sendable {
  let project: Project
  let secrets: SecretValues
  let flags: PlanOptions
  /// The Hub of `HF_ENDPOINT`; it counts only where no lock says which Hub the Spaces are on.
  let configuredEndpoint: String

  /// The lock to compare with: that of the revision the definitions are of, for the verdict on a commit must not hang on what is
  /// checked out; else the one in the work tree. Nil where there is none.
  func lock(revision: String?) throws(Failure) -> Lock? {
    // A lock on a branch is of no revision of the definitions; offline it is as it was last seen here.
    if case .git = project.fleet.project.state { return project.store.remembered() }
    guard revision != nil else { return try project.store.read() }
    let name = project.folder.lockName
    return try project.tree.read(name).map { bytes throws(Failure) in try LockCodec.parse(bytes, file: name) }
  }

  func make(lock: Lock?) throws(Failure) -> Plan {
    let endpoint = endpoint(of: lock)
    try HubAccess.check(lock, file: project.folder.lockName, endpoint: endpoint, project: project.fleet.project.name)
    var input = PlanInput(
      fleet: project.fleet, manifests: project.contents.manifests, lock: lock, observation: Observation(recordedIn: lock),
      options: flags, endpoint: endpoint, changedSecrets: secrets.changed(in: project.fleet, lock: lock),
      chosen: try flags.selection.addresses(in: project.fleet, lock))
    input.unreadContents = project.unreadContents
    return Planner.plan(input)
  }

  private func endpoint(of lock: Lock?) -> String {
    guard let lock, lock.hub != Lock.hubName(forEndpoint: configuredEndpoint) else { return configuredEndpoint }
    // A Hub on this machine has no address that lasts.
    return lock.hub == "local" ? "http://localhost" : lock.hub
  }
}
