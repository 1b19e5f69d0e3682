import HubAPI
import SpaceModel

/// Calls made in the current window, for every account and bucket (facts hub-api section 6.3).
///
/// Windows are fixed and five minutes long. Callers wait in real seconds, so the time given here is the wall clock's, whatever
/// the speed of the simulated world.
public struct QuotaLedger: Sendable {
  public enum Bucket: String, Hashable, Sendable { case api, resolvers }

  /// What the headers say after a call.
  public struct Standing: Hashable, Sendable {
    public var bucket: Bucket
    public var limit: Int
    public var remaining: Int
    public var resetsIn: Int
    /// False: the call is over the limit and must be refused.
    public var isAllowed: Bool
  }

  public static let window = 300
  /// Calls a window for callers without an account.
  static let anonymous: [Bucket: Int] = [.api: 500, .resolvers: 3000]

  private struct Key: Hashable {
    var account: String
    var bucket: Bucket
  }
  private var windows: [Key: (start: Int64, used: Int)] = [:]

  public init() {}

  /// Counts one call.
  ///
  /// - Parameters:
  ///   - account: who calls; nil without a token.
  ///   - bucket: the kind of call, each with a quota of its own.
  ///   - plan: nil for callers without an account.
  ///   - override: calls a window for everyone, when positive.
  ///   - now: when it is made.
  public mutating func count(
    _ account: String?, _ bucket: Bucket, plan: Plan?, override: Int, at now: Timestamp
  ) -> Standing {
    let limit =
      override > 0
      ? override
      : plan.map { bucket == .api ? $0.apiCalls : $0.resolverCalls } ?? QuotaLedger.anonymous[bucket, default: 500]
    let key = Key(account: account ?? "", bucket: bucket)
    let start = now.milliseconds / 1000 / Int64(QuotaLedger.window)
    var entry = windows[key] ?? (start, 0)
    if entry.start != start { entry = (start, 0) }
    let allowed = entry.used < limit
    if allowed { entry.used += 1 }
    windows[key] = entry
    let elapsed = Int(now.milliseconds / 1000 % Int64(QuotaLedger.window))
    return Standing(
      bucket: bucket, limit: limit, remaining: limit - entry.used, resetsIn: QuotaLedger.window - elapsed,
      isAllowed: allowed)
  }

  /// Uses up what is left of an account's window.
  public mutating func exhaust(_ account: String, plan: Plan?, override: Int, at now: Timestamp) {
    let limit = override > 0 ? override : plan?.apiCalls ?? QuotaLedger.anonymous[.api, default: 500]
    windows[Key(account: account, bucket: .api)] = (now.milliseconds / 1000 / Int64(QuotaLedger.window), limit)
  }
}
