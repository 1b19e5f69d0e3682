import HubAPI
import Locking
import Platform

package enum HTTPMethod: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

/// What a request sends after its head.
package enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// A part of bytes in memory, without a copy.
  case slice(ArraySlice<UInt8>)
  /// `length` bytes of a file from `offset` on, streamed.
  case file(path: String, offset: Int, length: Int)

  package var length: Int {
    switch self {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .slice(let bytes): bytes.count
    case .file(_, _, let length): length
    }
  }
}

/// One exchange to make. Redirects, tokens and repetition are decided above.
package struct HTTPRequest: Sendable {
  package var method: HTTPMethod
  package var url: WebAddress
  package var headers: [(name: String, value: String)] = []
  package var body: HTTPBody = .none
  /// Whether sending it twice is harmless. When not, a connection that dies is reported, never replaced behind our back.
  package var isRepeatable: Bool
  /// Whether a file's bytes go or come: then neither the whole time nor the size has a limit.
  package var movesFile = false
  /// Where the body of a successful answer goes; nil collects it.
  package var destination: Destination?
  /// Set for event streams that never end: the answer is complete when nothing came for this long.
  package var drain: Drain?
  /// Takes the body of an answer with a status of 2xx while it comes; then the body is not kept, and neither its size nor the whole
  /// time has a limit.
  package var receiver: Receiver?

  package init(
    method: HTTPMethod, url: WebAddress, headers: [(name: String, value: String)] = [], body: HTTPBody = .none,
    isRepeatable: Bool, movesFile: Bool = false, destination: Destination? = nil, drain: Drain? = nil, receiver: Receiver? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.isRepeatable = isRepeatable
    self.movesFile = movesFile
    self.destination = destination
    self.drain = drain
    self.receiver = receiver
  }

  package struct Receiver: Sendable {
    /// What bytes have brought.
    package enum Progress: Sendable {
      /// Nothing: a drained stream is as quiet as before.
      case nothing
      case news
      /// All that was asked for has come; a drained stream is over after a shorter silence.
      case enough
      /// What comes now is not wanted any more: the exchange ends here.
      case complete
    }

    /// The head of an answer is there, and nothing of its body.
    package var begin: @Sendable (HeaderFields) -> Void
    /// Called on the transport's thread, so it must not wait.
    package var take: @Sendable (Data) -> Progress

    package init(begin: @escaping @Sendable (HeaderFields) -> Void, take: @escaping @Sendable (Data) -> Progress) {
      self.begin = begin
      self.take = take
    }
  }

  package struct Drain: Sendable {
    /// Seconds without a byte, counted from the head of the answer.
    package var idle: Double
    /// The same once all that was asked for has come.
    package var idleAfterEnough: Double
    /// Seconds from the head of the answer, however much still comes.
    package var total: Double

    package init(idle: Double, idleAfterEnough: Double, total: Double) {
      self.idle = idle
      self.idleAfterEnough = idleAfterEnough
      self.total = total
    }
  }
}

/// Where a file's bytes go, over as many exchanges as it takes.
package final class Destination: Sendable {
  private let sink: any ByteSink
  private let count = Locked(0)

  package init(_ sink: any ByteSink) { self.sink = sink }

  /// Bytes taken so far: where the next exchange goes on.
  package var position: Int { count.withLock { $0 } }

  /// The head of a successful answer has come, whose body begins with this byte of the file.
  package func begin(at start: Int) -> Bool {
    if start == position { return true }
    guard start == 0, sink.restart() else { return false }
    count.withLock { $0 = 0 }
    return true
  }

  package func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard sink.take(bytes) else { return false }
    count.withLock { $0 += bytes.count }
    return true
  }
}

/// A complete answer, whatever its status.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: HeaderFields
  package var body: Data
  /// Where it came from, after redirects.
  package var url: WebAddress
  /// There was more than an answer may have; the body is left out.
  package var isTooLarge = false

  package init(status: Int, headers: HeaderFields, body: Data, url: WebAddress, isTooLarge: Bool = false) {
    self.status = status
    self.headers = headers
    self.body = body
    self.url = url
    self.isTooLarge = isTooLarge
  }
}

/// Header fields in the order they came; names compare without case.
package struct HeaderFields: Sendable {
  private var fields: [(name: String, value: String)] = []

  package init(_ fields: [(name: String, value: String)] = []) {
    for field in fields { append(field.name, field.value) }
  }

  package mutating func append(_ name: String, _ value: String) { fields.append((name.lowercased(), value)) }

  /// The first field of this name.
  package subscript(name: String) -> String? {
    let wanted = name.lowercased()
    return fields.first { $0.name == wanted }?.value
  }

  /// Every field of this name.
  package func all(_ name: String) -> [String] {
    let wanted = name.lowercased()
    return fields.filter { $0.name == wanted }.map(\.value)
  }
}
