import Foundation
import HubAPI
import HubSimulator
import Locking
import SpaceModel

/// How the local Hub is run.
public struct HubOptions: Sendable {
  public var port: Int
  /// The folder state is kept in; nil keeps it in memory.
  public var stateFolder: String?
  public var requestLog: String?
  /// Waited before every answer.
  public var latencyMilliseconds: Int
  /// How many times as fast as the wall clock the simulated world runs.
  public var speed: Double
  public var faults: FaultPlan
  public var assumptions: Assumptions
  /// Decides every id the simulated Hub makes.
  public var seed: UInt64

  public init(
    port: Int = 7780, stateFolder: String? = nil, requestLog: String? = nil, latencyMilliseconds: Int = 0,
    speed: Double = 1, faults: FaultPlan = FaultPlan(), assumptions: Assumptions = Assumptions(), seed: UInt64 = 1
  ) {
    self.port = port
    self.stateFolder = stateFolder
    self.requestLog = requestLog
    self.latencyMilliseconds = latencyMilliseconds
    self.speed = speed
    self.faults = faults
    self.assumptions = assumptions
    self.seed = seed
  }
}

/// The simulated Hub with what makes it a server: a clock, a log, faults, stores.
final class Hub: Sendable {
  let options: HubOptions
  let clock: WorldClock
  let core: Locked<Core>
  let objects: ObjectStore
  let folder: StateFolder?
  private let log: RequestLog?

  init(_ options: HubOptions) throws {
    self.options = options
    log = try options.requestLog.map { try RequestLog(path: $0) }
    folder = try options.stateFolder.map { try StateFolder(path: $0) }
    objects = ObjectStore(folder: folder?.objectsPath)
    let wall = WorldClock.wall
    if let (world, savedAt) = try folder?.load() {
      var world = world
      world.assume(options.assumptions)
      clock = WorldClock(from: max(wall, savedAt), speed: options.speed)
      core = Locked(Core(world: world, faults: options.faults))
    } else {
      clock = WorldClock(from: wall, speed: options.speed)
      core = Locked(
        Core(world: .standard(seed: options.seed, assumptions: options.assumptions), faults: options.faults))
    }
  }

  /// What the connection is to do: answer, answer in part, or be cut.
  enum Outcome: Sendable {
    case answer(Answer)
    /// The whole head, half the body, then the end.
    case truncated(Answer)
    case reset
  }

  /// Everything between a read request and its answer: caller, quota, faults, latency, route, headers, log.
  func handle(_ incoming: Call) async -> Outcome {
    var call = incoming
    let table = RouteTable.all
    let found = table.find(call.method, call.segments)
    if let found { call.parameters = found.parameters }
    let isAdministration = call.segments.first == "_hub"
    let refusedToken = authenticate(&call)
    let (standing, number, fault) = admit(call, found?.route, isAdministration)
    call.requestID = RequestID.text(number, client: call.headers["x-amzn-trace-id"] ?? call.headers["x-request-id"])
    if options.latencyMilliseconds > 0, !isAdministration, found?.route.name != "create" {
      try? await Task.sleep(for: .milliseconds(options.latencyMilliseconds))
    }
    var answer: Answer
    if let refusal = await before(call, fault) {
      answer = refusal
    } else if fault == .resetBefore {
      note(call, status: 0)
      return .reset
    } else {
      answer = await run(call, found?.route, standing, refusedToken)
    }
    if fault == .resetAfter {
      note(call, status: 0)
      return .reset
    }
    answer = after(call, fault, answer)
    finish(&answer, call, standing, fault)
    note(call, status: answer.status)
    return fault == .truncated ? .truncated(answer) : .answer(answer)
  }

  /// Finds out who is asking; a bad token is reported by the routes' turn, so that faults and quotas come first.
  private func authenticate(_ call: inout Call) -> Refusal? {
    do {
      let token = try call.token()
      let now = call.now
      call.caller = try core.withLock { core throws(Refusal) in try core.world.caller(token: token, at: now) }
      return nil
    } catch {
      return error
    }
  }

  private func admit(
    _ call: Call, _ route: Route?, _ isAdministration: Bool
  ) -> (QuotaLedger.Standing?, UInt64, FaultKind?) {
    core.withLock { core in
      core.requests += 1
      if isAdministration { return (nil, core.requests, nil) }
      let standing = core.ledger.count(
        call.caller.account, route?.bucket ?? .api, plan: core.world.plan(of: call.caller),
        override: core.world.assumptions.number("api-quota"), at: WorldClock.wall)
      let fault = core.faults.next(method: call.method, path: call.path, name: route?.name ?? "")
      if let fault { core.notePlayed(fault, call) }
      return (standing, core.requests, fault)
    }
  }

  private func run(
    _ call: Call, _ route: Route?, _ standing: QuotaLedger.Standing?, _ refusedToken: Refusal?
  ) async -> Answer {
    if let standing, !standing.isAllowed {
      var answer = Answer.refusal(
        Refusal(
          429, .rateLimited(after: standing.resetsIn),
          "We had to rate limit you: \(standing.limit) calls in \(QuotaLedger.window) seconds are used up"), for: call)
      answer.headers.append(("Retry-After", String(standing.resetsIn)))
      return answer
    }
    guard let route else {
      return .refusal(Refusal(404, .notFound(.other), "Sorry, we can't find the page you are looking for."), for: call)
    }
    if let refusedToken { return .refusal(refusedToken, for: call) }
    if let refusal = countAction(call, route) { return refusal }
    var answer: Answer
    do {
      switch route.handler {
      case .quick(let handler):
        answer = try core.withLock { core throws(Refusal) in try handler(call, &core) }
      case .long(let handler):
        answer = try await handler(call, self)
      }
    } catch let refusal as Refusal {
      return .refusal(refusal, for: call)
    } catch {
      return .refusal(Refusal(500, .server, "Internal error: \(error)"), for: call)
    }
    if route.writes { noteEffect(call, route) }
    Conditional.tag(&answer, call, route, assumptions: core.withLock { $0.world.assumptions })
    return answer
  }

  /// Counts what an action limit holds for; the answer when it is reached (facts hub-api section 6.3: calls remain, so only
  /// `Retry-After` says how long).
  private func countAction(_ call: Call, _ route: Route) -> Answer? {
    let action: ActionLedger.Action? =
      switch route.name {
      case "create", "duplicate": .create
      case "commit": .commit
      default: nil
      }
    guard let action, let account = call.caller.account else { return nil }
    let wait = core.withLock { core in
      core.actions.count(
        account, action, limit: core.world.assumptions.number(action.assumption), at: WorldClock.wall)
    }
    guard let wait else { return nil }
    var answer = Answer.refusal(
      Refusal(429, .rateLimited(after: wait), "Too many calls of this kind (\(action.rawValue)); try again later"), for: call)
    answer.headers.append(("Retry-After", String(wait)))
    return answer
  }

  private func noteEffect(_ call: Call, _ route: Route) {
    folder?.markDirty()
    if route.name.hasPrefix("_") { return }
    let what = [route.name, call.subject?.description].compactMap { $0 }.joined(separator: " ")
    core.withLock { core in core.effects[what, default: 0] += 1 }
  }

  /// The headers every answer has (facts hub-api sections 6.1, 6.3 and 9).
  private func finish(_ answer: inout Answer, _ call: Call, _ standing: QuotaLedger.Standing?, _ fault: FaultKind?) {
    var time = clock.now
    if case .skew(let milliseconds) = fault { time = time.advanced(bySeconds: Double(milliseconds) / 1000) }
    answer.headers += [
      ("Date", time.httpDate), ("X-Request-Id", call.requestID),
      (
        "Access-Control-Expose-Headers",
        "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,"
          + "X-Linked-Size,X-Linked-ETag,X-Xet-Hash"
      ),
    ]
    guard let standing else { return }
    let remaining = fault == .quota ? 0 : standing.remaining
    let reset = fault == .quota ? 1 : standing.resetsIn
    answer.headers += [
      ("RateLimit", "\"\(standing.bucket.rawValue)\";r=\(remaining);t=\(reset)"),
      (
        "RateLimit-Policy",
        "\"fixed window\";\"\(standing.bucket.rawValue)\";q=\(standing.limit);w=\(QuotaLedger.window)"
      ),
    ]
  }

  private func note(_ call: Call, status: Int) {
    log?.note(
      method: call.method, path: call.path, query: call.query, status: status, account: call.caller.account, at: call.now)
  }
}

/// `Root=1-<hex>;<what the client sent>`.
enum RequestID {
  static func text(_ number: UInt64, client: String?) -> String {
    let digits = String(number, radix: 16)
    let root = "Root=1-" + String(repeating: "0", count: max(0, 32 - digits.utf8.count)) + digits
    guard let client, !client.isEmpty else { return root }
    return "\(root);\(Answer.headerSafe(client))"
  }
}
