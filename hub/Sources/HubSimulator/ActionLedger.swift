import SpaceModel

/// Limits on single actions beside the request quota (facts hub-api section 6.3): creating repositories and committing have their
/// own, whose numbers are not published (section 10, question 17). They are switches here, counted in the same fixed windows.
public struct ActionLedger: Sendable {
  public enum Action: String, Hashable, Sendable {
    case create, commit
    /// The switch that holds its limit.
    public var assumption: String { "\(rawValue)-quota" }
  }

  private struct Key: Hashable {
    var account: String
    var action: Action
  }
  private var windows: [Key: (start: Int64, used: Int)] = [:]

  public init() {}

  /// Counts one action.
  ///
  /// - Parameters:
  ///   - account: who does it.
  ///   - action: what is counted.
  ///   - limit: in a window; 0 is none.
  ///   - now: when it is done.
  /// - Returns: nil when it is allowed, else the seconds until it is again.
  public mutating func count(_ account: String, _ action: Action, limit: Int, at now: Timestamp) -> Int? {
    guard limit > 0 else { return nil }
    let key = Key(account: account, action: action)
    let seconds = now.milliseconds / 1000
    let start = seconds / Int64(QuotaLedger.window)
    var entry = windows[key] ?? (start, 0)
    if entry.start != start { entry = (start, 0) }
    guard entry.used < limit else { return QuotaLedger.window - Int(seconds % Int64(QuotaLedger.window)) }
    entry.used += 1
    windows[key] = entry
    return nil
  }
}
