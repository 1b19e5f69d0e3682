import Diagnostics
@preconcurrency import Dispatch
import Files
import Locking
import Platform
import State

/// An apply's hold on the state on a branch.
///
/// Every record is on this machine's disk before the call returns, and on the branch with the next push: one for what was announced or
/// has to be published before the Hub is written to, one as a sign of life every third of the lease's duration, one at the end. Pushes
/// go one after another on a queue of their own, each with everything there is by then.
final class GitStateSession: StateSession {
  let base: Lock?
  let inherited: OpenJournal?

  private let run: SessionFolder
  private let branch: StateBranch
  private let project: String
  private let clock: LeaseClock
  private let seen: SeenBranch
  private let recovery: GitRecovery
  private let finished: @Sendable () -> Void
  private let queue = DispatchQueue(label: "spaceform.state")
  private let timer: any DispatchSourceTimer
  private let state: Locked<Held>

  private typealias Waiter = CheckedContinuation<Result<Void, Failure>, Never>

  private struct Held {
    let journal: JournalFile
    var content: JournalContent
    var lock: Lock?
    /// As it is on the branch, as far as we know.
    var lease: Lease
    /// Of the last push, whatever became of it: a number is never used for two.
    var sequence: Int
    /// Leases of pushes that may have landed, or may yet.
    var unconfirmed: Set<[UInt8]> = []
    var hold: LeaseHold
    var tip: Snapshot
    /// Ids of the intents that are on the branch.
    var published: Set<String>
    var waiters: [Waiter] = []
    var isPushDue = false
    /// Why the last push did not land, while that is so.
    var problem: Failure?
    var nextTry = 0.0
    /// The lease is somebody else's now, and this is what to say.
    var lost: Failure?
    var isClosed = false
  }

  init(
    run: SessionFolder, branch: StateBranch, project: String, base: Lock?, inherited: OpenJournal?, content: JournalContent,
    journal: sending JournalFile, lease: Lease, tip: Snapshot, sentAt: Double, clock: LeaseClock, seen: SeenBranch,
    recovery: GitRecovery, finished: @escaping @Sendable () -> Void
  ) {
    self.run = run
    self.branch = branch
    self.project = project
    self.base = base
    self.inherited = inherited
    self.clock = clock
    self.seen = seen
    self.recovery = recovery
    self.finished = finished
    let hold = LeaseHold(duration: Double(lease.duration), sentAt: sentAt)
    state = Locked(
      Held(
        journal: journal, content: content, lock: base, lease: lease, sequence: lease.sequence, hold: hold, tip: tip,
        published: content.ids))
    timer = DispatchSource.makeTimerSource(queue: queue)
    // Looking costs nothing; a sign of life is given when it is due.
    let interval = max(0.02, Double(lease.duration) / 60 / clock.speed)
    timer.schedule(deadline: .now() + interval, repeating: interval)
    timer.setEventHandler { [weak self] in self?.renewIfDue() }
    timer.resume()
  }

  /// Letting go without `close` is what a crash does: the branch keeps the lease, the disk the journal.
  deinit { timer.cancel() }

  var isShared: Bool { true }
  var mayWrite: Bool { state.withLock { $0.lost == nil && $0.hold.mayWrite(at: clock.now()) } }

  // MARK: Records

  func announce(_ intents: [Intent]) async throws(Failure) {
    guard !intents.isEmpty else { return }
    try held { held throws(Failure) in
      try requireLease(held)
      // First here: whoever goes on on this machine knows by it which of them were never begun.
      let names = intents.map(\.id).joined(separator: "\n") + "\n"
      try AtomicFile.replace(run.announced, with: Array(names.utf8))
      held.content.announce(intents)
    }
    try await pushed()
  }

  func record(_ intent: Intent) throws(Failure) {
    try held { held throws(Failure) in
      try requireLease(held)
      try held.journal.append(intent)
      held.content.begin(intent)
    }
  }

  func publish(_ intent: Intent) async throws(Failure) {
    if state.withLock({ $0.published.contains(intent.id) }) { return }
    try await pushed()
    // The way may have been long, and the next sign of life may be late.
    try held { held throws(Failure) in try requireLease(held) }
  }

  func record(_ outcome: Outcome) throws(Failure) {
    try held { held throws(Failure) in
      try held.journal.append(outcome)
      held.content.end(outcome)
    }
  }

  func save(_ lock: Lock) throws(Failure) {
    try held { held throws(Failure) in
      guard lock != held.lock else { return }
      if held.journal.isOpen, let digest = LockCodec.digest(lock) { try held.journal.append(JournalCodec.saved(lock: digest)) }
      held.lock = lock
    }
  }

  func close(settled: Bool) throws(Failure) {
    timer.cancel()
    // Behind a push that is on its way.
    let result: Result<Void, Failure> = queue.sync {
      do throws(Failure) { return .success(try end(settled: settled)) } catch { return .failure(error) }
    }
    try result.get()
  }

  private func held(_ body: (inout Held) throws(Failure) -> Void) throws(Failure) {
    try state.withLock { held throws(Failure) in
      guard !held.isClosed else {
        throw Failure(
          doing: "writing the state of \(project)", problem: "the apply is closed already",
          help: "This is a fault of spaceform: report it, and run the command again.")
      }
      try body(&held)
    }
  }

  private func requireLease(_ held: Held) throws(Failure) {
    if let lost = held.lost { throw lost }
    guard !held.hold.mayWrite(at: clock.now()) else { return }
    throw Failure(
      doing: "going on with the apply of \(project)",
      problem: "the lease could not be renewed in time, and others may take it over soon"
        + (held.problem.map { " (\($0.doing): \($0.problem))" } ?? ""),
      help:
        "What was begun is in the journal. When \(branch.place.remote) can be reached, continue with: \(recovery.applyCommand)",
      status: .leased)
  }

  // MARK: Pushing

  /// Returns when a push has landed that began after this call.
  private func pushed() async throws(Failure) {
    let result: Result<Void, Failure> = await withCheckedContinuation { waiter in
      let isFirst = state.withLock { held in
        held.waiters.append(waiter)
        defer { held.isPushDue = true }
        return !held.isPushDue
      }
      if isFirst { queue.async { self.pushForWaiters() } }
    }
    try result.get()
  }

  private func pushForWaiters() {
    let waiters = state.withLock { held in
      held.isPushDue = false
      defer { held.waiters = [] }
      return held.waiters
    }
    let result: Result<Void, Failure>
    do throws(Failure) { result = .success(try checkpoint(tries: 3)) } catch { result = .failure(error) }
    for waiter in waiters { waiter.resume(returning: result) }
  }

  /// For the timer, and for tests.
  func renewIfDue() {
    let isDue = state.withLock { held in
      let now = clock.now()
      return !held.isClosed && held.lost == nil && held.hold.isRenewalDue(at: now) && now >= held.nextTry
    }
    guard isDue else { return }
    do throws(Failure) { try checkpoint(tries: 1) } catch {
      // Told when it matters: when it comes too late for a write, or at the end.
      state.withLock { held in
        held.problem = error
        held.nextTry = clock.now() + held.hold.duration / 30
      }
    }
  }

  /// Everything there is, with the next sign of life. On the queue only.
  private func checkpoint(tries: Int) throws(Failure) {
    let (content, lock) = state.withLock { ($0.content, $0.lock) }
    let lease = nextLease()
    var saved = content
    saved.saved(LockCodec.digest(lock))
    try push(
      lease, lock: lock, journal: saved.text, tries: tries, isCheckpoint: true,
      message: ApplyMessage.goesOn(project, lease, operations: content.operations))
    state.withLock { held in
      held.content.saved(LockCodec.digest(lock))
      held.published.formUnion(content.ids)
    }
  }

  private func end(settled: Bool) throws(Failure) {
    let (isClosed, lost, hasBegun) = state.withLock { held in
      defer { held.isClosed = true }
      return (held.isClosed, held.lost, held.content.hasBegun)
    }
    guard !isClosed else { return }
    var (content, lock) = state.withLock { ($0.content, $0.lock) }
    content.dropAnnounced()
    content.saved(LockCodec.digest(lock))
    // Without a record there is nothing to settle.
    let isSettled = settled || content.text == nil
    let hasChanged = hasBegun || lock != base
    if let lost {
      throw hasChanged ? recovery.keep(lock, after: lost) : lost
    }
    let last = nextLease()
    do throws(Failure) {
      try push(
        Lease(term: last.term, sequence: last.sequence, duration: last.duration, holder: nil, endedBy: run.id), lock: lock,
        journal: isSettled ? nil : content.text, tries: 3, isCheckpoint: false,
        message: ApplyMessage.ended(
          project, last, from: base, to: lock, operations: content.operations, isSettled: isSettled))
    } catch {
      // The journal stays in this run's folder, and the lease until it ends or this machine's next run sees that we are gone.
      throw recovery.keep(hasChanged ? lock : nil, after: error)
    }
    run.remove()
    guard isSettled else { return }
    finished()
    try recovery.clear()
  }

  private func nextLease() -> Lease {
    state.withLock { held in
      held.sequence += 1
      return Lease(term: held.lease.term, sequence: held.sequence, duration: held.lease.duration, holder: held.lease.holder)
    }
  }

  private func push(
    _ lease: Lease, lock: Lock?, journal: String?, tries: Int, isCheckpoint: Bool, message: String
  ) throws(Failure) {
    let folder = branch.place.folder
    let text = Array(LeaseCodec.text(lease).utf8)
    let change = StateBranch.Change(
      files: [
        folder.lease: text, folder.lock: lock.map { Array(LockCodec.text($0).utf8) },
        folder.journal: journal.map { Array($0.utf8) },
      ], message: message, isCheckpoint: isCheckpoint)
    var tip = state.withLock { held in
      held.unconfirmed.insert(text)
      return held.tip
    }
    // Of several tries the first one may be the one that landed, and that is when others began to count.
    let sentAt = clock.now()
    var attempt = 0
    while true {
      if let lost = state.withLock({ $0.lost }) { throw lost }
      do throws(Failure) {
        switch try branch.push(change, on: tip, isMine: { $0.lease == text }) {
        case .landed(let now):
          state.withLock { held in
            held.tip = now
            held.lease = lease
            held.unconfirmed = []
            held.hold.landed(sentAt: sentAt)
            held.problem = nil
          }
          seen.remember(now, term: lease.term)
          return
        case .moved(let now):
          // By another project, or by a push of ours that was given up: as long as the lease is one we left.
          guard isOurs(now) else { throw lose(now) }
          tip = now
          state.withLock { $0.tip = now }
          clock.sleep(Double.random(in: 0.02...0.3) * clock.speed)
        }
      } catch {
        attempt += 1
        guard error.status != .leased, attempt < tries else { throw error }
        clock.sleep(Double(attempt) * clock.speed)
      }
    }
  }

  private func isOurs(_ now: Snapshot) -> Bool {
    guard let bytes = now.lease else { return false }
    return state.withLock { bytes == Array(LeaseCodec.text($0.lease).utf8) || $0.unconfirmed.contains(bytes) }
  }

  /// The lease is not ours any more: nothing new is begun.
  private func lose(_ now: Snapshot) -> Failure {
    let lease = now.lease.flatMap { try? LeaseCodec.parse($0, file: branch.place.folder.lease) }
    let what =
      now.tip == nil
      ? "the remote does not have the branch \(branch.place.branch) any more"
      : lease?.holder.map { "\($0.described) took it over" }
        ?? (lease == nil ? "the branch \(branch.place.branch) was pushed over" : "it was ended by somebody else")
    let lost = Failure(
      doing: "keeping the lease on the state of \(project)", problem: what,
      help: "What was under way was finished, and nothing new begun.", status: .leased)
    state.withLock { $0.lost = lost }
    return lost
  }
}
