import HubAPI
import SpaceModel

/// Waits for many Spaces at once with one list call for each namespace and round.
actor LiveWatcher {
  /// What "live" means for one Space.
  struct Expectation: Sendable {
    var address: SpaceID
    /// The commit that must run; nil when files are not managed.
    var commit: String?
    /// The hardware that must be current; nil when it is not managed.
    var hardware: Flavour?
    /// This apply made the app restart, so an old healthy stage proves nothing yet.
    var causedRestart: Bool
    /// This apply made a commit, whose id in the runtime is proof enough.
    var causedCommit: Bool
    var managesFiles: Bool
    /// Seconds.
    var timeout: Double
  }

  enum Verdict: Sendable, Hashable {
    case live
    case paused
    case failed(Stage, String?)
    case timedOut(Stage?)
    case unreachable(HubError)
    case interrupted
  }

  /// How long an unchanged stage is taken for the old one after a write, in seconds (DESIGN section 7).
  static let grace = 30.0

  private struct Waiter {
    var expectation: Expectation
    var since: Timestamp
    var sawTransition = false
    var lastStage: Stage?
    var failures = 0
    /// Nil while this waiter is the one that polls.
    var continuation: CheckedContinuation<Verdict?, Never>?
  }

  private let hub: any HubAPI
  private let clock: ApplyClock
  private let report: @Sendable (ApplyEvent) -> Void
  private let isInterrupted: @Sendable () -> Bool
  private var waiters: [SpaceID: Waiter] = [:]
  /// The verdict of the one who polls, who has nobody to be woken by.
  private var own: [SpaceID: Verdict] = [:]
  private var isPolling = false
  private var interval = 0.25

  init(
    hub: any HubAPI, clock: ApplyClock, report: @escaping @Sendable (ApplyEvent) -> Void,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.hub = hub
    self.clock = clock
    self.report = report
    self.isInterrupted = isInterrupted
  }

  /// The first who waits asks the Hub for all; who has an answer while others still wait hands that over to one of them.
  func wait(for expectation: Expectation) async -> Verdict {
    let address = expectation.address
    waiters[address] = Waiter(expectation: expectation, since: clock.now())
    interval = 0.25
    if isPolling {
      let verdict = await withCheckedContinuation { waiters[address]?.continuation = $0 }
      if let verdict { return verdict }
    }
    isPolling = true
    let verdict = await poll(for: address)
    if let next = waiters.keys.min(), let continuation = waiters[next]?.continuation {
      waiters[next]?.continuation = nil
      continuation.resume(returning: nil)
    } else {
      isPolling = false
    }
    return verdict
  }

  /// Asks for everybody until this one's verdict is there.
  private func poll(for address: SpaceID) async -> Verdict {
    while true {
      if isInterrupted() {
        for address in waiters.keys { end(address, .interrupted) }
      } else {
        await look()
      }
      if let verdict = own.removeValue(forKey: address) { return verdict }
      await pause(interval)
      interval = min(interval * 1.3, 5)
    }
  }

  /// Sleeps in short pieces, so that an interruption is noticed at once.
  private func pause(_ seconds: Double) async {
    var left = seconds
    while left > 0, !isInterrupted() {
      let piece = min(left, 0.25)
      await clock.sleep(piece)
      left -= piece
    }
  }

  private func look() async {
    let asked = Dictionary(grouping: waiters.keys, by: \.owner)
    for (owner, addresses) in asked.sorted(by: { $0.key < $1.key }) {
      let answer: Result<[SpaceInfo], HubError>
      if addresses.count == 1, let address = addresses.first {
        answer = await Refresher.attempt { () async throws(HubError) in [try await hub.space(address)] }
      } else {
        answer = await Refresher.attempt { () async throws(HubError) in try await hub.spaces(ownedBy: owner, among: addresses) }
      }
      switch answer {
      case .success(let infos):
        let seen = Dictionary(infos.map { ($0.address, $0) }) { first, _ in first }
        for address in addresses { judge(address, seen[address]) }
      case .failure(let error):
        for address in addresses { missed(address, error) }
      }
    }
  }

  /// A poll that failed is tried again; the client has retried by itself before. Three in a row end the wait.
  private func missed(_ address: SpaceID, _ error: HubError) {
    waiters[address]?.failures += 1
    if let failures = waiters[address]?.failures, failures >= 3 || error.isAboutAccess {
      end(address, .unreachable(error))
    }
  }

  private func judge(_ address: SpaceID, _ info: SpaceInfo?) {
    guard var waiter = waiters[address] else { return }
    waiter.failures = 0
    let elapsed = clock.now().seconds(since: waiter.since)
    if let runtime = info?.runtime, let info {
      if runtime.stage != waiter.lastStage {
        waiter.lastStage = runtime.stage
        report(.stage(address, runtime.stage))
      }
      if runtime.stage.isTransitional { waiter.sawTransition = true }
      waiters[address] = waiter
      if let verdict = Self.verdict(
        waiter.expectation, info, runtime, sawTransition: waiter.sawTransition, elapsed: elapsed)
      {
        end(address, verdict)
        return
      }
    }
    if elapsed >= waiter.expectation.timeout { end(address, .timedOut(waiter.lastStage)) }
  }

  /// Nil while it is not decided.
  static func verdict(
    _ expectation: Expectation, _ info: SpaceInfo, _ runtime: SpaceRuntime, sawTransition: Bool, elapsed: Double
  ) -> Verdict? {
    let stage = runtime.stage
    if stage == .paused { return .paused }
    let runsCommit: Bool
    if let commit = expectation.commit {
      // Static Spaces show no deployed commit: there the head and the stage are the proof.
      runsCommit = runtime.sha.map { $0 == commit } ?? (info.sha == commit && stage == .running)
    } else {
      runsCommit = true
    }
    // The stage belongs to what was asked for: the commit shows it, or a change was seen, or long enough has passed.
    let isFresh =
      !expectation.causedRestart || sawTransition || elapsed >= grace
      || (expectation.causedCommit && runtime.sha != nil && runsCommit)
      || (expectation.causedCommit && runtime.sha == nil && info.sdk == .static)
    if stage == .running {
      let onHardware = expectation.hardware.map { $0 == runtime.hardware.current } ?? true
      return runsCommit && onHardware && isFresh ? .live : nil
    }
    if stage == .sleeping || stage == .stopped {
      // After a restart of ours it must have come up once; then it may have gone to sleep between two looks.
      return !expectation.causedRestart || (sawTransition && runsCommit) ? .live : nil
    }
    if stage.isError || (stage == .noAppFile && expectation.managesFiles) {
      let isOurs = runtime.sha == nil || expectation.commit == nil || runtime.sha == expectation.commit
      return (isOurs && isFresh) || elapsed >= grace ? .failed(stage, runtime.errorMessage) : nil
    }
    return nil
  }

  private func end(_ address: SpaceID, _ verdict: Verdict) {
    guard let waiter = waiters.removeValue(forKey: address) else { return }
    if let continuation = waiter.continuation { continuation.resume(returning: verdict) } else { own[address] = verdict }
  }
}
