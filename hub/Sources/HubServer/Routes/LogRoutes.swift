import HubSimulator
import SpaceModel

extension Routes {
  /// Build and run logs as server-sent events (facts hub-api section 2.12).
  static let logs: [Route] = [
    Route("GET", "/api/spaces/{owner}/{name}/logs/{kind}", "logs", .long(stream))
  ]

  /// What there is, then what comes, until the Space is in a stage that does not change by itself.
  private static func stream(_ call: Call, _ hub: Hub) async throws -> Answer {
    let id = try call.space()
    let kind = call["kind"]
    guard kind == "build" || kind == "run" else {
      throw Refusal(404, .notFound(.other), "There are logs of build and of run, not of \(kind)")
    }
    let hubID = try hub.core.withLock { core throws(Refusal) in
      try core.world.locate(id, for: call.caller, .keys)
    }
    let follower = LogFollower(hubID: hubID, kind: kind, tail: call.item("tail").flatMap(Int.init))
    return Answer(
      headers: [("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-cache")],
      body: .stream { await follower.next(hub) })
  }
}

/// Reads one Space's log from where it last stopped.
private actor LogFollower {
  private let hubID: String
  private let kind: String
  private var tail: Int?
  private var sent = 0
  private var firstLine: String?
  private var ended = false

  init(hubID: String, kind: String, tail: Int?) {
    self.hubID = hubID
    self.kind = kind
    self.tail = tail
  }

  /// Looks five times a second, and sends a keep-alive after six quiet seconds: clients that read what is there now count five as the
  /// end (facts hub-api section 2.12).
  func next(_ hub: Hub) async -> [UInt8]? {
    for _ in 0..<30 {
      if ended { return nil }
      let bytes = news(hub)
      if !bytes.isEmpty { return bytes }
      if ended { return nil }
      guard (try? await Task.sleep(for: .milliseconds(200))) != nil else { return nil }
    }
    return Array("data:\n\n".utf8)
  }

  private func news(_ hub: Hub) -> [UInt8] {
    let hubID = self.hubID
    let kind = self.kind
    let now = hub.clock.now
    let (lines, isOver) = hub.core.withLock { core in
      guard let space = core.world.settled(hubID, at: now) else { return ([Life.LogEntry](), true) }
      let all = kind == "build" ? space.life.buildLog : space.life.runLog
      return (all.filter { $0.at <= now }, !space.life.stage.isTransitional)
    }
    // A new build begins a new log.
    if firstLine != lines.first?.text {
      firstLine = lines.first?.text
      sent = 0
    }
    if let tail {
      sent = max(0, lines.count - tail)
      self.tail = nil
    }
    var bytes: [UInt8] = []
    for line in lines.dropFirst(sent) {
      let event: JSONValue = ["data": .string(line.text + "\n"), "timestamp": .string(line.at.description)]
      bytes += "data: \(event.canonicalText)\n\n".utf8
    }
    sent = lines.count
    ended = isOver
    return bytes
  }
}
