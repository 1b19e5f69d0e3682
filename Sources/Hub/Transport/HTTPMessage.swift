import HubAPI
import Locking
import Platform

enum HTTPMethod: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

/// What a request sends after its head.
enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// A part of bytes in memory, without a copy.
  case slice(ArraySlice<UInt8>)
  /// `length` bytes of a file from `offset` on, streamed.
  case file(path: String, offset: Int, length: Int)

  var length: Int {
    switch self {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .slice(let bytes): bytes.count
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
  /// Where the body of a successful answer goes; nil collects it.
  var destination: Destination?
  /// Set for event streams that never end: the answer is complete when nothing came for this long.
  var drain: Drain?
  /// Takes the body of an answer with a status of 2xx while it comes; then the body is not kept, and neither its size nor the whole
  /// time has a limit.
  var receiver: Receiver?

  struct Receiver: Sendable {
    /// What bytes have brought.
    enum Progress: Sendable {
      /// Nothing: a drained stream is as quiet as before.
      case nothing
      case news
      /// All that was asked for has come; a drained stream is over after a shorter silence.
      case enough
      /// What comes now is not wanted any more: the exchange ends here.
      case complete
    }

    /// The head of an answer is there, and nothing of its body.
    var begin: @Sendable (HeaderFields) -> Void
    /// Called on the transport's thread, so it must not wait.
    var take: @Sendable (Data) -> Progress
  }

  struct Drain: Sendable {
    /// Seconds without a byte, counted from the head of the answer.
    var idle: Double
    /// The same once all that was asked for has come.
    var idleAfterEnough: Double
    /// Seconds from the head of the answer, however much still comes.
    var total: Double
  }
}

/// Where a file's bytes go, over as many exchanges as it takes.
final class Destination: Sendable {
  private let sink: any ByteSink
  private let count = Locked(0)

  init(_ sink: any ByteSink) { self.sink = sink }

  /// Bytes taken so far: where the next exchange goes on.
  var position: Int { count.withLock { $0 } }

  /// The head of a successful answer has come, whose body begins with this byte of the file.
  func begin(at start: Int) -> Bool {
    if start == position { return true }
    guard start == 0, sink.restart() else { return false }
    count.withLock { $0 = 0 }
    return true
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard sink.take(bytes) else { return false }
    count.withLock { $0 += bytes.count }
    return true
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
