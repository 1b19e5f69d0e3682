import HTTPTypes
import HummingbirdCore
import NIOCore

/// An answer that ends early: its head announces the whole body, half of it comes.
struct Truncation: Sendable {
  private let answer: Answer

  init(_ answer: Answer) { self.answer = answer }

  /// Writes the part that comes. The caller ends the connection.
  func write(_ writer: consuming ResponseWriter) async throws {
    var fields = HTTPFields(answer.headers)
    let part: [UInt8]
    switch answer.body {
    case .bytes(let bytes):
      // An empty body is announced as two bytes, so that it too can end early.
      fields[.contentLength] = String(max(2, bytes.count))
      part = Array(bytes.prefix(bytes.count / 2))
    case .object(let object, let range):
      fields[.contentLength] = String(max(2, range.count))
      part = try object.read(from: range.lowerBound, upTo: min(range.count / 2, StoredObject.pieceSize))
    case .stream(let next):
      let first = await next() ?? []
      part = Array(first.prefix(first.count / 2))
    }
    let head = HTTPResponse(status: HTTPResponse.Status(code: answer.status), headerFields: fields)
    let body = ResponseBody { writer in
      if !part.isEmpty { try await writer.write(ByteBuffer(bytes: part)) }
    }
    try await writer.write(response: head, body: body)
  }
}
