import Diagnostics
import Foundation
import Hub
import HubAPI
import HubServer
import HubSimulator
import Locking
import SpaceModel
import Testing

/// Every kind of fault × every call of the client, over HTTP: right in the end, or one typed error; never an effect twice, never an
/// effect the client denies. The table it makes is `docs/faults.md`.
@Suite(.timeLimit(.minutes(5))) struct FaultTableTests {
  private static let kinds = [
    "slow=20ms", "skew=-90m", "slow-build=10m", "foreign-commit", "429", "429-action", "408", "500", "502", "503", "html",
    "portal", "reset-before", "reset-after", "truncated", "garbage", "wrong-shape", "empty",
  ]

  @Test func everyFaultOfEveryCallEndsWell() async throws {
    let calls = FaultedCall.all
    var firstTries: [Int] = []
    var tables: [String] = []
    for once in [true, false] {
      var columns: [[FaultCell]] = []
      for kind in Self.kinds { columns.append(try await column(kind, once: once, calls)) }
      if once {
        // A fault that only takes time leaves the number of requests as it is without one.
        firstTries = columns[0].map(\.requests)
      }
      tables.append(Self.table(calls, columns, firstTries))
    }
    try Self.compare(Self.page(tables[0], tables[1]))
  }

  /// One Hub, one Space for each call, the fault set for that call alone.
  private func column(_ kind: String, once: Bool, _ calls: [FaultedCall]) async throws -> [FaultCell] {
    try await RunningHub.with { hub in
      _ = await hub.send("POST", "/_hub/populate", "{\"owner\":\"acme\",\"count\":\(calls.count)}")
      var cells: [FaultCell] = []
      for (index, call) in calls.enumerated() {
        let digits = String(index + 1)
        let id = try #require(SpaceID("acme/space-" + String(repeating: "0", count: 5 - digits.count) + digits))
        let place: Comment = "\(call.name) under \(kind)\(once ? "*1" : "")"
        let cell = try await self.cell(call, id, "\(call.selector):\(kind)\(once ? "*1" : "")", hub)
        Self.judge(cell, call, place)
        cells.append(cell)
      }
      return cells
    }
  }

  private func cell(_ call: FaultedCall, _ id: SpaceID, _ faults: String, _ hub: RunningHub) async throws -> FaultCell {
    // A client of its own, so that no connection of another call is used again.
    func client(_ count: Locked<Int>) throws -> HubClient {
      let configuration = try HubConfiguration(
        environment: ["HF_ENDPOINT": "http://127.0.0.1:\(hub.port)", "HF_TOKEN": "hf_local"], home: "/nonexistent")
      return HubClient(configuration: configuration, timing: VirtualTime().timing) { _ in count.withLock { $0 += 1 } }
    }
    if let prepare = call.prepare { _ = try await prepare(try client(Locked(0)), id) }
    let key = call.effect.map { "\($0) \(id)" } ?? ""
    let before = try #require(await hub.send("GET", "/_hub/state?space=none")).json["effects"]?[key]?.intValue ?? 0
    let accepted = await hub.send("POST", "/_hub/faults", JSONValue.object(["faults": .string(faults)]).canonicalText)
    #expect(accepted?.status == 200, "\(faults)")
    let requests = Locked(0)
    var cell = FaultCell(error: nil, isRight: false, requests: 0, effects: 0, isDone: nil)
    let faulted = try client(requests)
    do throws(HubError) { cell.isRight = try await call.run(faulted, id) } catch { cell.error = error }
    let played = try #require(await hub.send("GET", "/_hub/faults")).json["played"]?.arrayValue?.count ?? 0
    #expect(played > 0, "\(call.name): the selector \(call.selector) meets nothing")
    _ = await hub.send("POST", "/_hub/faults", "{}")
    let state = try #require(await hub.send("GET", "/_hub/state?space=\(id)&space=\(id)-moved")).json
    cell.requests = requests.withLock { $0 }
    cell.effects = (state["effects"]?[key]?.intValue ?? 0) - before
    cell.isDone = call.isDone.map { $0(state["spaces"] ?? .null, id) }
    return cell
  }

  /// What must hold whatever the fault is.
  private static func judge(_ cell: FaultCell, _ call: FaultedCall, _ place: Comment) {
    #expect(cell.effects <= 1, place)
    #expect(cell.requests <= 13, place)
    if call.effect != nil, let isDone = cell.isDone { #expect(isDone == (cell.effects == 1), place) }
    guard let error = cell.error else {
      #expect(cell.isRight, place)
      if call.effect != nil { #expect(cell.effects == 1, "\(place): success without effect") }
      return
    }
    // Who is told of a failure is told as well when it may have happened.
    if cell.effects > 0 { #expect(error.outcomeUnknown, place) }
    if error.status != nil { #expect(error.requestID?.hasPrefix("Root=1-") == true, place) }
    let text = "\(error)"
    #expect(!text.contains("hf_local") && !text.contains(FaultedCall.secretValue), place)
    #expect(!text.contains("<h1>") && text.count < 700 && !error.call.isEmpty, place)
  }

  private static func table(_ calls: [FaultedCall], _ columns: [[FaultCell]], _ firstTries: [Int]) -> String {
    var lines = ["| group | call | " + kinds.map { "`\($0)`" }.joined(separator: " | ") + " |"]
    lines.append("|" + String(repeating: "---|", count: kinds.count + 2))
    for (row, call) in calls.enumerated() {
      let cells = columns.map { $0[row].text(firstTry: firstTries[row]) }
      let group = row > 0 && calls[row - 1].group == call.group ? "" : call.group
      lines.append("| \(group) | \(call.name) | " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private static func page(_ once: String, _ always: String) -> String {
    """
    # What the client makes of every fault

    Made by `hub/Tests/HubServerTests/Faults`, which sends every call of the client to the local Hub under every kind of fault
    ([local-hub.md](local-hub.md#faults) says what each does) and looks at the Hub's state afterwards. No write takes effect twice,
    and no write that took effect is reported as one that certainly did not. `SPACEFORM_UPDATE_GOLDEN=1` writes this page anew.

    | cell | meaning |
    |---|---|
    | ok | right at the first try |
    | retried | right after the client sent something again |
    | a word | the kind of `HubError` it ended in: `server`, `transport`, `malformed` (not what the interface promises), `rateLimited`, `staleParent`, … |
    | `?` behind it | the error says that the outcome is unknown; an apply settles it by reading before it goes on |
    | `+` behind it | the write had taken effect |

    ## The fault comes once

    \(once)

    ## The fault comes every time

    \(always)

    """
  }

  private static func compare(_ text: String) throws {
    try Page.expect(text, "docs/faults.md")
  }
}
