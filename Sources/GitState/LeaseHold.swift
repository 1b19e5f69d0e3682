/// What the holder of a lease knows of its time, on its own monotonic clock.
struct LeaseHold: Hashable, Sendable {
  /// Seconds, as promised on the branch.
  let duration: Double
  /// When the last push that landed was sent: others saw it no earlier.
  private(set) var lastSign: Double

  init(duration: Double, sentAt: Double) {
    self.duration = duration
    lastSign = sentAt
  }

  mutating func landed(sentAt time: Double) { lastSign = max(lastSign, time) }

  /// The last moment for a write to begin.
  var lastWrite: Double { lastSign + duration - Lease.margin }

  func mayWrite(at now: Double) -> Bool { now <= lastWrite }

  /// From when on a sign of life is due.
  var renewal: Double { lastSign + duration / 3 }

  func isRenewalDue(at now: Double) -> Bool { now >= renewal }
}
