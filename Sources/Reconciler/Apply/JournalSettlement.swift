import Diagnostics
import HubAPI
import SpaceModel
import State

/// Settles what an apply that did not end left open: by reading back the Spaces concerned, never by doing it again.
public struct JournalSettlement: Sendable {
  /// Seconds after which a call without an answer cannot arrive any more.
  static let longestCall = 600.0

  private let hub: any HubAPI
  private let now: @Sendable () -> Timestamp

  public init(hub: any HubAPI, now: @escaping @Sendable () -> Timestamp) {
    self.hub = hub
    self.now = now
  }

  /// What came out of it.
  public struct Report: Sendable {
    public var lock: Lock
    /// One line for each operation whose outcome had to be found out.
    public var notes: [String] = []
    /// Creates whose address is still free, and whose call may yet arrive at the Hub. While there is one, the journal stays.
    public var openCreations: [SpaceID: Intent] = [:]
    /// Spaces with a commit that is not in their history, and whose call may yet arrive: it still has the head for its parent.
    public var openCommits: Set<SpaceID> = []

    public init(lock: Lock) { self.lock = lock }
  }

  /// - Parameters:
  ///   - journal: what was begun, and what came of it as far as that is known.
  ///   - lock: the lock the journal was found with.
  public func settle(_ journal: OpenJournal, lock: Lock) async throws(Failure) -> Report {
    var report = Report(lock: lock)
    let isOwn = journal.isOf(lock)
    let reflected = journal.reflected(in: lock)
    for entry in journal.entries where entry.outcome?.status != .failed && !reflected.contains(entry.intent.id) {
      do throws(HubError) {
        try await settle(entry, isOwn: isOwn, &report)
      } catch {
        throw error.failure(doing: "finding out how \(entry.intent.operation.rawValue) of \(entry.intent.space) ended")
      }
    }
    return report
  }

  /// - Parameter isOwn: whether the lock is one the journal was written under; what another one has to say is found out by reading.
  private func settle(
    _ entry: OpenJournal.Entry, isOwn: Bool, _ report: inout Report
  ) async throws(HubError) {
    let intent = entry.intent
    let space = intent.space
    let isCertain = entry.outcome?.status == .done
    switch intent.operation {
    case .create:
      let recorded = report.lock.spaces[space]?.hubID
      // Of a Space that was gone when this create was begun the record is still there; under another lock it may be of any other one.
      if recorded != nil, !isOwn { return }
      // The Hub has said which Space it made. Should it be gone or renamed since, the plan is to say so.
      if isCertain, let hubID = entry.outcome?.result["hub_id"]?.stringValue {
        if !report.lock.spaces.values.contains(where: { $0.hubID == hubID }) {
          report.lock.spaces[space] = LockRecord(hubID: hubID, createdBy: intent)
        }
        return
      }
      switch try await Evidence.ofCreation(space, intent, recorded: Set(report.lock.spaces.values.map(\.hubID)), hub) {
      case .ours(let info) where info.hubID == recorded: return
      case .ours(let info):
        report.lock.spaces[space] = LockRecord(hubID: info.hubID, createdBy: intent)
        report.notes.append("\(space) was created before the last apply ended")
      case .absent:
        report.notes.append("\(space) was not created before the last apply ended")
        // Of several tries the first one counts: the Space cannot have been born before it.
        if await mayArrive(intent), report.openCreations[space] == nil { report.openCreations[space] = intent }
      case .foreign(let why): report.notes.append("\(space) exists and is not ours: \(why)")
      }
    case .commit: try await settleCommit(entry, isOwn: isOwn, &report)
    case .delete:
      guard let record = report.lock.spaces[space], try await liveID(space) != record.hubID else { return }
      report.lock.spaces[space] = nil
      report.notes.append("\(space) was deleted before the last apply ended")
    case .move:
      guard let origin = intent.details["from"]?.stringValue.flatMap(SpaceID.init), let record = report.lock.spaces[origin],
        try await liveID(space) == record.hubID
      else { return }
      report.lock.spaces[space] = report.lock.spaces.removeValue(forKey: origin)
      report.notes.append("\(origin) was moved to \(space) before the last apply ended")
    case .setSecret:
      // Never provable: without a record it is written again.
      if let key = intent.details["key"]?.stringValue { report.lock.spaces[space]?.secrets[key] = nil }
    case .visibility, .resourceGroup, .hardware, .sleepTime, .replicas, .devMode, .setVariable, .deleteVariable,
      .deleteSecret, .volumes:
      // The next plan compares.
      return
    }
  }

  private func settleCommit(
    _ entry: OpenJournal.Entry, isOwn: Bool, _ report: inout Report
  ) async throws(HubError) {
    let space = entry.intent.space
    guard let digest = entry.intent.details["digest"]?.stringValue, let record = report.lock.spaces[space] else { return }
    let commit: String
    if isOwn, entry.outcome?.status == .done, let confirmed = entry.outcome?.result["commit"]?.stringValue {
      commit = confirmed
    } else {
      let history = try await history(of: space)
      guard let place = history.firstIndex(where: { CommitMark.intent(of: $0) == entry.intent.id }) else {
        let parent = entry.intent.details["parent"]?.stringValue
        if history.first.map({ $0.id == parent }) ?? true, await mayArrive(entry.intent) { report.openCommits.insert(space) }
        return
      }
      // A later commit is recorded already.
      if history[..<place].contains(where: { $0.id == record.content?.commit }) { return }
      commit = history[place].id
    }
    guard record.content?.commit != commit else { return }
    report.lock.spaces[space]?.content = RecordedContent(digest: digest, commit: commit, live: record.content?.live)
    report.notes.append("the files of \(space) were committed as \(commit.prefix(7)) before the last apply ended")
  }

  /// Whether the call of an intent may still be on its way to the Hub.
  private func mayArrive(_ intent: Intent) async -> Bool {
    now().advanced(bySeconds: await hub.clockOffset ?? 0).seconds(since: intent.at) < Self.longestCall
  }

  /// The Hub's id at an address; nil when nothing is there that this token can see.
  private func liveID(_ space: SpaceID) async throws(HubError) -> String? {
    do throws(HubError) {
      let info = try await hub.space(space)
      return info.address == space ? info.hubID : nil
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// The newest commits; none when there is nothing that this token can see.
  private func history(of space: SpaceID) async throws(HubError) -> [CommitRecord] {
    do throws(HubError) { return try await hub.commits(of: space, limit: 20) } catch {
      if error.isNotFound { return [] }
      throw error
    }
  }
}
