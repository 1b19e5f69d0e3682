import HTTP
import HubAPI
import Locking
import Platform
import SpaceModel

/// The Hub over HTTP.
///
/// Reads are repeated after passing faults, writes are sent once; the token goes to the Hub's own origin alone; calls slow down
/// before the quota is used up. Endpoints are in `Endpoints/`, one file a group.
public final class HubClient: HubAPI {
  public let endpoint: String
  /// Where the token in use came from; nil for anonymous calls.
  public var tokenSource: AccessToken.Source? { configuration.token?.source }

  let configuration: HubConfiguration
  let driver: CurlDriver
  let gate: Gate
  /// Contents on their way to a store: half of the exchanges, which leaves room for calls.
  let uploads: Gate
  let timing: HubTiming
  let trace: (@Sendable (HubCallRecord) -> Void)?
  let observed = Locked(Observed())
  let exchanged: TokenExchange
  let standing: LoginRenewal
  let mayWrite = Locked<@Sendable () -> Bool>({ true })
  /// Tokens got on the way, which no message may show.
  let acquired = Locked<[Secret]>([])

  struct Observed: Sendable {
    var pacer = RequestPacer()
    var quota: Quota?
    var clockOffset: Double?
  }

  /// - Parameters:
  ///   - configuration: which Hub, and as whom.
  ///   - timing: the clock, and how waiting is done.
  ///   - trace: called after each exchange, from any thread.
  public init(
    configuration: HubConfiguration, timing: HubTiming = .system, trace: (@Sendable (HubCallRecord) -> Void)? = nil
  ) {
    self.configuration = configuration
    self.timing = timing
    self.trace = trace
    endpoint = configuration.endpoint
    exchanged = TokenExchange(isRenewable: configuration.identityTokens?.isRenewable ?? false, now: timing.now)
    standing = LoginRenewal(configuration.token, sleep: timing.sleep)
    gate = Gate(width: configuration.concurrency)
    uploads = Gate(width: configuration.concurrency / 2)
    driver = CurlDriver(
      options: TransportOptions(
        proxies: configuration.proxies, certificateFile: configuration.certificateFile,
        connections: configuration.concurrency))
  }

  /// Has every call that is no read asked once more, after all waiting and right before it is sent, whether it may be.
  public func askBeforeWriting(_ mayWrite: @escaping @Sendable () -> Bool) { self.mayWrite.withLock { $0 = mayWrite } }

  public var clockOffset: Double? { get async { observed.withLock { $0.clockOffset } } }
  public var quota: Quota? { get async { observed.withLock { $0.quota } } }

  public var listsSpaces: Bool { configuration.identityTokens == nil || configuration.token != nil }
  public var knowsIdentity: Bool { listsSpaces || configuration.bootstrapToken != nil }
  /// Whether Spaces are written to with tokens that this job's identity is traded for.
  public var isKeyless: Bool { configuration.identityTokens != nil }

  /// Makes a call: waits its turn, sends it, follows what may be followed, repeats what may be repeated.
  func perform(_ call: HubCall) async throws(HubError) -> HTTPResponse {
    guard !configuration.isOffline else {
      throw HubError(kind: .transport, call: call.name, message: "HF_HUB_OFFLINE is set, so the Hub is not asked")
    }
    var retries = 0
    var credentials = call.sendsToken ? configuration.credentials(for: call) : []
    while true {
      // What one credential may not do, the next one may; a refused call has changed nothing.
      let credential = credentials.first ?? .none
      let token: Secret?
      do throws(HubError) { token = try await secret(of: credential) } catch {
        guard error.isAboutAccess, credentials.count > 1 else { throw error }
        credentials.removeFirst()
        continue
      }
      do throws(AttemptFailure) {
        return try await attempt(call, token)
      } catch {
        if error.cause == nil, error.error.isRefusal, credentials.count > 1 {
          credentials.removeFirst()
          continue
        }
        // Who follows a stream has to know that another one began.
        guard call.receiver == nil || call.drain != nil,
          let wait = RetrySchedule.wait(
            after: error.error, cause: error.cause, effect: call.effect, retries: retries, jitter: timing.jitter())
        else { throw await explained(error.error, credential) }
        retries += 1
        do { try await timing.sleep(wait) } catch { throw interrupted(call) }
      }
    }
  }

  func interrupted(_ call: HubCall) -> HubError {
    HubError(kind: .transport, call: call.name, message: "interrupted before the call was sent")
  }
}
