import Hub
import HubAPI
import Locking
import SpaceModel

/// How one call ended under one fault.
struct FaultCell: Sendable {
  var error: HubError?
  /// Whether the answer was right; false without one.
  var isRight: Bool
  /// Requests that were sent to the faulted place and around it.
  var requests: Int
  /// How often the write had its effect; 0 for reads.
  var effects: Int
  /// What the Space's state says; nil where it says nothing.
  var isDone: Bool?

  /// As the table shows it. `?`: the client says that the outcome is unknown. `+`: it had happened.
  func text(firstTry: Int) -> String {
    guard let error else { return requests > firstTry ? "retried" : "ok" }
    return error.kind.word + (error.outcomeUnknown ? "?" : "") + (effects > 0 ? "+" : "")
  }
}

extension HubError.Kind {
  /// The case's name.
  var word: String {
    switch self {
    case .unauthenticated: "unauthenticated"
    case .forbidden: "forbidden"
    case .notFound: "notFound"
    case .alreadyExists: "alreadyExists"
    case .busy: "busy"
    case .paymentRequired: "paymentRequired"
    case .staleParent: "staleParent"
    case .rateLimited: "rateLimited"
    case .rejected: "rejected"
    case .server: "server"
    case .transport: "transport"
    case .malformedAnswer: "malformed"
    case .moved: "moved"
    }
  }
}

/// Time that passes only when the client waits: a wait of a minute takes no time and shows all the same.
final class VirtualTime: Sendable {
  private let elapsed = Locked(0.0)

  var timing: HubTiming {
    HubTiming(
      sleep: { seconds in
        try Task.checkCancellation()
        self.elapsed.withLock { $0 += seconds }
      }, now: { self.elapsed.withLock { $0 } }, date: { Timestamp(milliseconds: 1_785_000_000_000) }, jitter: { 0 })
  }

  var seconds: Double { elapsed.withLock { $0 } }
}
