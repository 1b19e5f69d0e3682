/// Why a command could not do what was asked: what was being done, what happened, what to do next, and the exit status.
public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
  public var doing: String
  public var problem: String
  public var help: String?
  public var status: ExitStatus

  /// - Parameters:
  ///   - doing: an -ing phrase that names the thing; the problem follows it after a colon: `reading spaceform.lock`.
  ///   - problem: one sentence, no full stop.
  ///   - help: the way out, one sentence.
  ///   - status: what the process ends with when this ends it.
  public init(doing: String, problem: String, help: String? = nil, status: ExitStatus = .failure) {
    self.doing = doing
    self.problem = problem
    self.help = help
    self.status = status
  }

  public var description: String { "\(doing): \(problem)" }
}

/// The process's exit statuses (DESIGN section 13), a stable interface.
public enum ExitStatus: Int32, Hashable, Sendable {
  case success = 0
  case failure = 1
  case changes = 2
  case findings = 3
  case notAllowed = 4
  case stale = 5
  case leased = 6
  case usage = 64
  case interrupted = 130
  case terminated = 143

  /// Of several, the one that is reported: signal, 6, 5, 4, 3, 1, 2, 0.
  public static func reported(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let order: [ExitStatus] = [
      .usage, .interrupted, .terminated, .leased, .stale, .notAllowed, .findings, .failure, .changes, .success,
    ]
    let seen = Set(statuses)
    return order.first(where: seen.contains) ?? .success
  }
}
