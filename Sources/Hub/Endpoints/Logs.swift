import HTTP
import HubAPI
import Locking
import Platform
import SpaceModel

/// Reads the events of a log stream (facts hub-api section 2.12): `data: {"data":"text\n","timestamp":"…"}`, one a line; empty
/// `data:` lines keep the connection alive.
enum LogEvents {
  private struct Event: Decodable {
    var data: String
    var timestamp: Timestamp?

    private enum CodingKeys: String, CodingKey { case data, timestamp }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      data = try container.decode(String.self, forKey: .data)
      timestamp = try? container.decodeIfPresent(Timestamp.self, forKey: .timestamp)
    }
  }

  /// A line cut off by the end of the stream, or one that is not an event, is left out.
  static func parse(_ body: Data) -> [LogLine] {
    let decoder = JSONDecoder()
    var lines: [LogLine] = []
    for line in body.split(separator: UInt8(ascii: "\n")) {
      guard line.starts(with: "data:".utf8) else { continue }
      let json = line.dropFirst(5).drop { $0 == UInt8(ascii: " ") }
      guard json.first == UInt8(ascii: "{"), let event = try? decoder.decode(Event.self, from: Data(json)) else { continue }
      var text = event.data
      while text.last?.isNewline == true { text.removeLast() }
      lines.append(LogLine(text: text, timestamp: event.timestamp))
    }
    return lines
  }
}

extension HubClient {
  /// The stream goes on while the Space lives, so what is there now has to be told from what comes. It ends with the first line that
  /// was written after the answer began (the Hub's `Date`, whose seconds are whole, and one second; facts hub-api section 2.12), when
  /// no line came for a second, or for half of one once there are as many as were asked for. Lines without a time from a Space that
  /// never stops talking are read for ten seconds.
  public func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine] {
    guard tail > 0 else { return [] }
    let reader = LogEventReader()
    let backlog = Locked(LogBacklog(tail: tail))
    var call = logCall(id, kind, tail: tail)
    call.drain = HTTPRequest.Drain(idle: 1, idleAfterEnough: 0.5, total: 10)
    call.receiver = HTTPRequest.Receiver(
      begin: { head in
        reader.begin()
        backlog.withLock { $0.begin(head) }
      },
      take: { bytes in
        let lines = reader.take(bytes)
        return backlog.withLock { $0.take(lines) }
      })
    try await stream(call)
    return backlog.withLock { $0.lines }
  }

  /// One stream, until it ends, breaks or goes quiet for two minutes. It is not repeated.
  public func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError) {
    let reader = LogEventReader()
    var call = logCall(id, kind, tail: tail)
    call.receiver = HTTPRequest.Receiver(
      begin: { _ in reader.begin() },
      take: { bytes in
        let lines = reader.take(bytes)
        if !lines.isEmpty { receive(lines) }
        return lines.isEmpty ? .nothing : .news
      })
    try await stream(call)
  }

  private func logCall(_ id: SpaceID, _ kind: LogKind, tail: Int?) -> HubCall {
    let query = tail.map { [(name: "tail", value: String($0))] } ?? []
    var call = HubCall.get(id.apiPath + "/logs/\(kind.rawValue)", query: query, of: id)
    call.headers = [("accept", "text/event-stream")]
    return call
  }

  private func stream(_ call: HubCall) async throws(HubError) {
    let response = try await perform(call)
    guard response.headers["content-type"]?.lowercased().hasPrefix("text/event-stream") == true else {
      throw malformed(response, call, expected: "a stream of log lines", found: "the answer is of another type")
    }
  }
}
