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

    public init(lock: Lock) { self.lock = lock }
  }

  /// - Parameter lock: the lock the journal was found with.
  public func settle(_ journal: OpenJournal, lock: Lock) async throws(Failure) -> Report {
    var report = Report(lock: lock)
    for entry in journal.entries where entry.outcome?.status != .failed {
      do throws(HubError) {
        try await settle(entry, &report)
      } catch {
        throw error.failure(doing: "finding out how \(entry.intent.operation.rawValue) of \(entry.intent.space) ended")
      }
    }
    return report
  }

  private func settle(_ entry: OpenJournal.Entry, _ report: inout Report) async throws(HubError) {
    let intent = entry.intent
    let space = intent.space
    let isCertain = entry.outcome?.status == .done
    switch intent.operation {
    case .create:
      guard report.lock.spaces[space] == nil else { return }
      if isCertain, let hubID = entry.outcome?.result["hub_id"]?.stringValue {
        if try await liveID(space) == hubID { report.lock.spaces[space] = LockRecord(hubID: hubID) }
        return
      }
      switch try await Evidence.ofCreation(space, intent, hub) {
      case .ours(let info):
        report.lock.spaces[space] = LockRecord(hubID: info.hubID)
        report.notes.append("\(space) was created before the last apply ended")
      case .absent:
        report.notes.append("\(space) was not created before the last apply ended")
        let age = now().advanced(bySeconds: await hub.clockOffset ?? 0).seconds(since: intent.at)
        if age < Self.longestCall { report.openCreations[space] = intent }
      case .foreign(let why): report.notes.append("\(space) exists and is not ours: \(why)")
      }
    case .commit:
      guard let digest = intent.details["digest"]?.stringValue, report.lock.spaces[space] != nil else { return }
      var commit = entry.outcome?.result["commit"]?.stringValue
      if commit == nil { commit = try await markedCommit(space, intent) }
      guard let commit, report.lock.spaces[space]?.content?.commit != commit else { return }
      let live = report.lock.spaces[space]?.content?.live
      report.lock.spaces[space]?.content = RecordedContent(digest: digest, commit: commit, live: live)
      report.notes.append("the files of \(space) were committed as \(commit.prefix(7)) before the last apply ended")
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

  private func markedCommit(_ space: SpaceID, _ intent: Intent) async throws(HubError) -> String? {
    do throws(HubError) { return try await Evidence.commit(of: space, intent.id, hub)?.id } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }
}
