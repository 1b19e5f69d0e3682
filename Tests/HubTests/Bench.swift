import Diagnostics
import Foundation
import HubAPI
import Locking
import SpaceModel

@testable import Hub

/// Time that passes only when someone waits for it, and remembers for how long.
final class TestTime: Sendable {
  private let state = Locked((now: 1000.0, waits: [Double]()))

  var waits: [Double] { state.withLock { $0.waits } }

  var timing: HubTiming {
    HubTiming(
      sleep: { seconds in
        try Task.checkCancellation()
        self.state.withLock {
          $0.now += seconds
          $0.waits.append(seconds)
        }
      },
      now: { self.state.withLock { $0.now } }, date: { Timestamp(seconds: 1_785_000_000) }, jitter: { 0 })
  }
}

/// A client of a scripted server, on test time.
struct Bench {
  let server: ScriptedServer
  let client: HubClient
  let time: TestTime
  let records: Locked<[HubCallRecord]>

  static let token = "hf_test_token"
  static let space = id("acme/chat")

  init(
    token: String? = Bench.token, path: String = "", environment: [String: String] = [:],
    _ handler: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Reply
  ) throws {
    let server = try ScriptedServer(handler)
    let time = TestTime()
    let records = Locked<[HubCallRecord]>([])
    var variables = environment
    variables["HF_ENDPOINT"] = server.url + path
    variables["HF_TOKEN"] = token
    let configuration = try HubConfiguration(environment: variables, home: "/nonexistent")
    self.server = server
    self.time = time
    self.records = records
    client = HubClient(configuration: configuration, timing: time.timing) { record in records.withLock { $0.append(record) } }
  }

  /// The error a call ends with; nil when it succeeds.
  func failure<Value>(_ body: (HubClient) async throws(HubError) -> Value) async -> HubError? {
    do throws(HubError) {
      _ = try await body(client)
      return nil
    } catch {
      return error
    }
  }

  static func id(_ text: String) -> SpaceID {
    guard let id = SpaceID(text) else { preconditionFailure("not an address: \(text)") }
    return id
  }
}

func decoded(_ bytes: [UInt8]) throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }
