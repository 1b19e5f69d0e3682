import Foundation
import HTTPTypes
import HubSimulator
import HummingbirdCore
import NIOCore
import SpaceModel

/// One request and its answer on one connection.
struct Exchange: Sendable {
  /// Larger bodies are refused: a commit carries at most a gigabyte of regular files (facts hub-api section 4.3).
  private static let largestBody = 2 << 30
  let hub: Hub
  let channel: any Channel

  /// Why the connection is cut.
  private struct Cut: Error {}

  func run(_ request: Request, _ writer: consuming ResponseWriter) async throws {
    var call = head(of: request)
    do {
      if RouteTable.all.find(call.method, call.segments)?.route.takesFile == true {
        call.received = try await receive(request)
      } else {
        let buffer = try await request.body.collect(upTo: Exchange.largestBody)
        call.body = Array(buffer.readableBytesView)
      }
    } catch let problem as FileReplacement.Problem {
      try await write(.refusal(Refusal(507, .server, "\(problem.localizedDescription)"), for: call), isHead: false, writer)
      return
    } catch is NIOTooManyBytesError {
      let refusal = Refusal(413, .rejected, "The request's body has more than 2 GiB")
      try await write(.refusal(refusal, for: call), isHead: false, writer)
      return
    }
    call.now = hub.clock.now
    switch await hub.handle(call) {
    case .answer(let answer): try await write(answer, isHead: call.method == "HEAD", writer)
    case .truncated(let answer):
      try await Truncation(answer).write(writer)
      // What was written must be out before the end of the connection is.
      try? await channel.eventLoop.submit {}.get()
      try? await channel.close()
      throw Cut()
    case .reset:
      // Linger 0: the peer sees a reset, as from a machine that went away, not an orderly end.
      if let channel = channel as? any SocketOptionProvider {
        _ = try? await channel.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
      }
      try? await channel.close()
      throw Cut()
    }
  }

  private func receive(_ request: Request) async throws -> ReceivedBody {
    let incoming = try hub.objects.receive()
    for try await buffer in request.body { try buffer.withUnsafeReadableBytes { try incoming.append($0) } }
    return try incoming.finish()
  }

  private func head(of request: Request) -> Call {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts.first.map(String.init) ?? "/"
    var headers: [String: String] = [:]
    for field in request.head.headerFields { headers[field.name.canonicalName] = field.value }
    let host = request.head.authority ?? "127.0.0.1:\(channel.localAddress?.port ?? hub.options.port)"
    return Call(
      method: request.head.method.rawValue, path: path, query: parts.count > 1 ? String(parts[1]) : "",
      segments: path.split(separator: "/").map { Form.decoded($0) }, headers: headers, now: hub.clock.now,
      endpoint: "\(headers["x-forwarded-proto"] == "https" ? "https" : "http")://\(host)")
  }

  private func write(_ answer: Answer, isHead: Bool, _ writer: consuming ResponseWriter) async throws {
    var fields = HTTPFields(answer.headers)
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.body {
    case .bytes(let bytes):
      fields[.contentLength] = String(bytes.count)
      let head = HTTPResponse(status: status, headerFields: fields)
      let hasBody = !isHead && answer.status != 304
      try await writer.write(
        response: head, body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) : ResponseBody())
    case .object(let object, let range):
      fields[.contentLength] = String(range.count)
      let head = HTTPResponse(status: status, headerFields: fields)
      let body = ResponseBody(contentLength: range.count) { writer in
        var offset = range.lowerBound
        while offset < range.upperBound {
          let piece = try object.read(from: offset, upTo: min(range.upperBound - offset, StoredObject.pieceSize))
          try await writer.write(ByteBuffer(bytes: piece))
          offset += piece.count
        }
        try await writer.finish(nil)
      }
      try await writer.write(response: head, body: isHead ? ResponseBody() : body)
    case .stream(let next):
      let head = HTTPResponse(status: status, headerFields: fields)
      let body = ResponseBody { writer in
        while let bytes = await next() {
          if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
          if Task.isCancelled { break }
        }
        try await writer.finish(nil)
      }
      try await writer.write(response: head, body: isHead ? ResponseBody() : body)
    }
  }
}

extension HTTPFields {
  init(_ headers: [(name: String, value: String)]) {
    self.init()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
    }
  }
}
