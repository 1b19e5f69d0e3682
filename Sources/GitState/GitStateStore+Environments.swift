import Diagnostics
import State

/// The environments of a project that have a state on the branch.
extension GitStateStore {
  /// Their names, sorted; that of the project without an environment is not one.
  public func environments() throws(Failure) -> [String] {
    try inOwnFolder { run throws(Failure) in
      let branch = try branch(run)
      let project = branch.place.folder.project
      let names = try branch.fetch().tip.map { tip throws(Failure) in try branch.repository.folders(in: project, of: tip) }
      run.remove()
      return (names ?? []).sorted()
    }
  }

  /// Takes the state off the branch when there is nothing in it: no record, no open journal, no lease that somebody holds.
  /// - Returns: false when there was something, or nothing at all.
  public func removeEmpty() throws(Failure) -> Bool {
    try inOwnFolder { run throws(Failure) in
      let isRemoved = try removeEmpty(from: try branch(run))
      if isRemoved { try seen().forget() }
      run.remove()
      return isRemoved
    }
  }

  private func removeEmpty(from branch: StateBranch) throws(Failure) -> Bool {
    let folder = branch.place.folder
    let change = StateBranch.Change(
      files: [folder.lock: nil, folder.lease: nil, folder.journal: nil],
      message: "Remove the empty state of \(folder.path)\n", isCheckpoint: false)
    var snapshot = try branch.fetch()
    while snapshot.lock != nil || snapshot.lease != nil {
      let state = try BranchState(snapshot, place: branch.place)
      guard state.lock?.spaces.isEmpty ?? true, state.journal == nil, state.lease?.holder == nil else { return false }
      switch try branch.push(change, on: snapshot, isMine: { $0.lock == nil && $0.lease == nil }) {
      case .landed: return true
      case .moved(let now): snapshot = now
      }
    }
    return false
  }
}
