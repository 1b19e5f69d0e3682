import Platform

enum HTTPMethod: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

/// What a request sends after its head.
enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// `length` bytes of a file from `offset` on, streamed.
  case file(path: String, offset: Int, length: Int)

  var length: Int {
    switch self {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .file(_, _, let length): length
    }
  }
}

/// One exchange to make. Redirects, tokens and repetition are decided above.
struct HTTPRequest: Sendable {
  var method: HTTPMethod
  var url: WebAddress
  var headers: [(name: String, value: String)] = []
  var body: HTTPBody = .none
  /// Whether sending it twice is harmless. When not, a connection that dies is reported, never replaced behind our back.
  var isRepeatable: Bool
  /// Whether a file's bytes go or come: then neither the whole time nor the size has a limit.
  var movesFile = false
  /// Set for event streams that never end: the answer is complete when nothing came for this long.
  var drain: Drain?

  struct Drain: Sendable {
    /// Seconds without a byte, counted from the head of the answer.
    var idle: Double
    /// Seconds from the head of the answer, however much still comes.
    var total: Double
  }
}

/// A complete answer, whatever its status.
struct HTTPResponse: Sendable {
  var status: Int
  var headers: HeaderFields
  var body: Data
  /// Where it came from, after redirects.
  var url: WebAddress
  /// There was more than an answer may have; the body is left out.
  var isTooLarge = false
}

/// Header fields in the order they came; names compare without case.
struct HeaderFields: Sendable {
  private var fields: [(name: String, value: String)] = []

  init(_ fields: [(name: String, value: String)] = []) {
    for field in fields { append(field.name, field.value) }
  }

  mutating func append(_ name: String, _ value: String) { fields.append((name.lowercased(), value)) }

  /// The first field of this name.
  subscript(name: String) -> String? {
    let wanted = name.lowercased()
    return fields.first { $0.name == wanted }?.value
  }

  /// Every field of this name.
  func all(_ name: String) -> [String] {
    let wanted = name.lowercased()
    return fields.filter { $0.name == wanted }.map(\.value)
  }
}
