import HubSimulator
import SpaceModel

/// One response before the headers every answer has are put on it.
struct Answer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Chunks until nil.
    case stream(@Sendable () async -> [UInt8]?)
    /// A range of an object, read from disk as it is sent.
    case object(StoredObject, Range<Int>)
  }
  var status: Int
  var headers: [(name: String, value: String)]
  var body: Body

  init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static func json(_ value: JSONValue, status: Int = 200, headers: [(name: String, value: String)] = []) -> Answer {
    json(bytes: Array(value.canonicalText.utf8), status: status, headers: headers)
  }

  static func json(bytes: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []) -> Answer {
    Answer(
      status: status, headers: [("Content-Type", "application/json; charset=utf-8")] + headers, body: .bytes(bytes))
  }

  static func text(_ text: String, status: Int = 200) -> Answer {
    Answer(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(Array(text.utf8)))
  }

  /// The error shapes of facts hub-api section 6.1.
  static func refusal(_ refusal: Refusal, for call: Call) -> Answer {
    var members: [String: JSONValue] = ["error": .string(refusal.message)]
    var headers: [(name: String, value: String)] = [("X-Error-Message", Answer.headerSafe(refusal.message))]
    if let code = refusal.code { headers.append(("X-Error-Code", code)) }
    if let address = refusal.url {
      if refusal.status == 307 {
        let old = "/\(call["owner"])/\(call["name"])"
        var target = call.path
        if let range = target.range(of: old) { target.replaceSubrange(range, with: "/\(address)") }
        headers.append(("Location", call.endpoint + target + (call.query.isEmpty ? "" : "?\(call.query)")))
      } else {
        members["url"] = .string("\(call.endpoint)/spaces/\(address)")
      }
    }
    return .json(.object(members), status: refusal.status, headers: headers)
  }

  /// Header values carry visible ASCII only.
  static func headerSafe(_ text: String) -> String {
    String(text.unicodeScalars.map { (32..<127).contains($0.value) ? Character($0) : " " })
  }
}
