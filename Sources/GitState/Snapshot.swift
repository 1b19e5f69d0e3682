import Diagnostics
import State

/// What the branch said when it was fetched.
struct Snapshot: Sendable {
  /// The branch's last commit; nil when the remote does not have the branch.
  var tip: String?
  /// The last commit that ended an apply of any project: what the next one is to be read after.
  var mainline: String?
  var lock: [UInt8]?
  var journal: [UInt8]?
  var lease: [UInt8]?

  static let none = Snapshot()
}

/// The same, understood.
struct BranchState: Sendable {
  var lock: Lock?
  var journal: OpenJournal?
  var lease: Lease?

  /// - Parameter place: names files of the branch in messages.
  init(_ snapshot: Snapshot, place: BranchPlace) throws(Failure) {
    lease = try snapshot.lease.map { bytes throws(Failure) in try LeaseCodec.parse(bytes, file: place.text(place.folder.lease))
    }
    lock = try BranchState.lock(snapshot, place)
    journal = try BranchState.journal(snapshot, place)
  }

  static func lock(_ snapshot: Snapshot, _ place: BranchPlace) throws(Failure) -> Lock? {
    guard let bytes = snapshot.lock else { return nil }
    do throws(Failure) { return try LockCodec.parse(bytes, file: place.text(place.folder.lock)) } catch {
      throw Failure(doing: error.doing, problem: error.problem, help: place.restore(place.folder.lock), status: error.status)
    }
  }

  static func journal(_ snapshot: Snapshot, _ place: BranchPlace) throws(Failure) -> OpenJournal? {
    guard let bytes = snapshot.journal else { return nil }
    do throws(Failure) { return try JournalCodec.parse(bytes, file: place.text(place.folder.journal)) } catch {
      throw Failure(
        doing: error.doing, problem: error.problem,
        help: "Take the lock as it is and go on without the journal with "
          + "`spaceform state pull > FILE && spaceform state push --force FILE`; the next plan compares every Space with the Hub.",
        status: error.status)
    }
  }
}

/// Names files of the branch in messages.
struct BranchPlace: Hashable, Sendable {
  let remote: String
  let branch: String
  let folder: BranchFolder

  func text(_ path: String) -> String { "\(path) on the branch \(branch) of \(remote)" }

  func restore(_ path: String) -> String {
    "Only spaceform writes this file. `git log -- \(path)` on that branch lists earlier ones: save one of them to a file, then "
      + "`spaceform state push --force FILE`."
  }
}
