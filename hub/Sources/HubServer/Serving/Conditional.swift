import HubSimulator

/// Conditional reads: `If-None-Match` and 304.
///
/// Files have the ETag of facts hub-api section 4.1, git id or SHA-256. That JSON answers have one is shown by no source; the
/// switch `api-etag` gives them a weak one.
enum Conditional {
  /// Whether the caller has what the tag stands for. Tags compare weakly, as `If-None-Match` asks for.
  static func isKnown(_ tag: String, to call: Call) -> Bool {
    guard call.method == "GET" || call.method == "HEAD", let known = call.headers["if-none-match"] else { return false }
    return known.split(separator: ",").map(bare).contains { $0 == "*" || $0 == bare(tag[...]) }
  }

  private static func bare(_ tag: Substring) -> Substring {
    var tag = tag.drop { $0 == " " }
    while tag.last == " " { tag.removeLast() }
    return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
  }

  /// Gives a JSON answer its tag, and takes its body away when the caller has it already.
  static func tag(_ answer: inout Answer, _ call: Call, _ route: Route, assumptions: Assumptions) {
    guard assumptions["api-etag"] == "yes", route.method == "GET", !route.name.hasPrefix("_"), answer.status == 200,
      case .bytes(let bytes) = answer.body, !answer.headers.contains(where: { $0.name == "ETag" })
    else { return }
    let tag = "W/\"\(String(bytes.count, radix: 16))-\(String(Fingerprint.of(bytes), radix: 16))\""
    answer.headers.append(("ETag", tag))
    if isKnown(tag, to: call) {
      answer.status = 304
      answer.body = .bytes([])
    }
  }
}

/// FNV-1a, 64 bits: tells texts apart cheaply and the same in every run. Protects nothing.
enum Fingerprint {
  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
