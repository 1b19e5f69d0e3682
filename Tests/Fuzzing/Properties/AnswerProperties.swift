import Diagnostics
import HubAPI
import Platform
import SpaceModel

@testable import HTTP
@testable import Hub

/// What holds of an answer of the Hub, whatever is in it: a status, header fields and, after an empty line, a body.
enum AnswerProperties {
  private static let address = WebAddress("https://hub.example/api/spaces/acme/chat")
  private static let space = SpaceID("acme/chat")

  static func broken(by input: [UInt8]) -> [String] {
    guard let address, let space else { return ["the address of the fuzzed Hub is none"] }
    let (status, headers, body) = parts(of: input)
    let response = HTTPResponse(status: status, headers: headers, body: Data(body), url: address)
    return failure(response, space) + addresses(headers, address) + quota(headers) + values(body) + log(body)
  }

  private static func parts(of input: [UInt8]) -> (status: Int, headers: HeaderFields, body: [UInt8]) {
    var headers = HeaderFields()
    var status = 500
    var start = 0
    while let end = input[start...].firstIndex(of: 0x0A), end > start {
      let line = String(decoding: input[start..<end], as: UTF8.self)
      if start == 0 {
        status = min(max(Int(line) ?? 500, 100), 999)
      } else {
        let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = pair.count > 1 ? pair[1].drop { $0 == " " } : ""
        headers.append(String(pair[0]), String(value))
      }
      start = end + 1
    }
    let body = input[start...].first == 0x0A ? start + 1 : start
    return (status, headers, Array(input[body...]))
  }

  /// A refusal becomes a message that a terminal can show, without the secret of the call, and no wait that never ends.
  private static func failure(_ response: HTTPResponse, _ space: SpaceID) -> [String] {
    var broken: [String] = []
    let call = HubCall.get("/api/spaces/\(space)", of: space)
    for sentToken in [true, false] {
      for isHub in [true, false] {
        let error = ErrorAnswer(
          response: response, call: call, sentToken: sentToken, isHub: isHub, now: Timestamp(milliseconds: 1_800_000_000_000)
        ).error
        if case .rateLimited(let seconds?) = error.kind, seconds < 0 { broken.append("a wait of \(seconds) seconds") }
        broken += isShowable(error.description, "the message of a refusal")
        broken += isShowable(error.requestID ?? "", "the id of an exchange")
      }
    }
    return broken
  }

  private static func isShowable(_ text: String, _ what: String) -> [String] {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    return isPlain ? [] : ["\(what) has control characters: \(text.debugDescription)"]
  }

  /// An address in an answer is one of ours, or none.
  private static func addresses(_ headers: HeaderFields, _ base: WebAddress) -> [String] {
    var broken: [String] = []
    for text in [LinkHeader.next(in: headers), headers["location"]].compactMap({ $0 }) {
      guard let address = base.resolving(text) else { continue }
      if address.origin.scheme != "http" && address.origin.scheme != "https" {
        broken.append("no address of the web: \(address.text)")
      }
      if WebAddress(address.text) != address { broken.append("an address reads back as another one: \(address.text)") }
    }
    if let text = headers["content-range"] {
      if let start = ContentRange.start(of: text), start < 0 { broken.append("a range that begins at \(start)") }
      if let size = ContentRange.size(of: text), size < 0 { broken.append("a range of a file of \(size) bytes") }
    }
    return broken
  }

  /// A call never waits longer than the longest window there is.
  private static func quota(_ headers: HeaderFields) -> [String] {
    guard let header = RateLimitHeader(headers) else { return [] }
    var pacer = RequestPacer()
    _ = pacer.admit(.api, now: 0)
    pacer.finish(.api, header, now: 0)
    let wait = pacer.admit(.api, now: 0)
    return (0...Double(RetrySchedule.longestWait) + 1).contains(wait) ? [] : ["a call waits for \(wait) seconds"]
  }

  /// What is read of a Space is written and read back as the same.
  private static func values(_ body: [UInt8]) -> [String] {
    again(SpaceInfo.self, body) + again(SpaceRuntime.self, body) + again([SpaceInfo].self, body)
  }

  private static func again<Value: Codable & Equatable>(_ type: Value.Type, _ body: [UInt8]) -> [String] {
    guard let value = try? JSONDecoder().decode(type, from: Data(body)) else { return [] }
    do {
      let back = try JSONDecoder().decode(type, from: JSONEncoder().encode(value))
      return back == value ? [] : ["\(type) reads back as another one"]
    } catch {
      return ["\(type) was read, and cannot be written and read again: \(error)"]
    }
  }

  /// A log has the same lines in whatever pieces it comes, and they can be shown.
  private static func log(_ body: [UInt8]) -> [String] {
    let whole = LogEventReader()
    whole.begin()
    let lines = whole.take(Data(body))
    for size in [1, 7] {
      let reader = LogEventReader()
      reader.begin()
      var pieces: [LogLine] = []
      for start in stride(from: 0, to: body.count, by: size) {
        pieces += reader.take(Data(body[start..<min(start + size, body.count)]))
      }
      if pieces != lines { return ["a log in pieces of \(size) has \(pieces.count) lines, and \(lines.count) at once"] }
    }
    return []
  }
}
