/// What one who wants a lease may conclude from looking at it, on its own monotonic clock. No clocks are compared, and what is seen
/// before this process began counts for nothing.
struct LeaseWatch: Sendable {
  enum Verdict: Hashable, Sendable {
    case free
    case takeOver(Reason)
    /// Seconds until it may be taken over, if nothing is heard of the holder.
    case held(remaining: Double)
  }

  enum Reason: Hashable, Sendable {
    /// No sign for the duration and the margin.
    case silence
    /// A later attempt of the same CI run: the earlier one is over.
    case laterAttempt
    /// Its process was on this machine and is gone.
    case endedHere
  }

  private let run: String?
  private let attempt: Int?
  private var seen: (sign: Lease.Sign, since: Double)?

  init(run: String?, attempt: Int?) {
    self.run = run
    self.attempt = attempt
  }

  /// - Parameters:
  ///   - lease: as read from the branch; nil when there is none yet.
  ///   - now: when reading it began would be too early: it has to be the time after.
  ///   - endedHere: whether a session was one of this machine whose process is gone.
  mutating func verdict(on lease: Lease?, at now: Double, endedHere: (_ session: String) -> Bool) -> Verdict {
    guard let lease, let holder = lease.holder else {
      seen = nil
      return .free
    }
    if seen?.sign != lease.sign { seen = (lease.sign, now) }
    if let run, run == holder.run, let attempt, let other = holder.attempt, attempt > other { return .takeOver(.laterAttempt) }
    if endedHere(holder.session) { return .takeOver(.endedHere) }
    let remaining = (seen?.since ?? now) + Double(lease.duration) + Lease.margin - now
    return remaining <= 0 ? .takeOver(.silence) : .held(remaining: remaining)
  }
}
