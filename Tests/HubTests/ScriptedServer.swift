import Foundation

/// A server that answers with exactly the bytes a test wrote: real HTTP through real sockets, and every way to break it.
final class ScriptedServer: @unchecked Sendable {
  struct Request: Sendable {
    var method: String
    /// Path and query.
    var target: String
    var headers: [String: String]
    var body: [UInt8]
    /// Counts requests of the server from 0.
    var index: Int
    /// Counts connections of the server from 0.
    var connection: Int

    var path: String { String(target.prefix { $0 != "?" }) }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  enum Reply: Sendable {
    /// Bytes as they are; the connection stays open for the next request.
    case raw(String)
    /// Bytes as they are, then the connection is closed.
    case rawThenClose(String)
    /// Closed without a byte.
    case close
    /// Reset: the peer sees ECONNRESET.
    case reset
    /// Each piece after so many milliseconds; the connection stays open and silent afterwards.
    case pieces([(milliseconds: Int, text: String)])
    /// Nothing, and the connection stays open.
    case silence

    /// A complete answer with `content-length`.
    static func answer(_ status: Int, _ body: String = "{}", _ headers: [String: String] = [:]) -> Reply {
      var head = "HTTP/1.1 \(status) Scripted\r\ncontent-length: \(body.utf8.count)\r\n"
      for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
      return .raw(head + "\r\n" + body)
    }
  }

  let port: Int
  var url: String { "http://127.0.0.1:\(port)" }

  private let listener: Int32
  private let handler: @Sendable (Request) -> Reply
  private let lock = NSLock()
  private var recorded: [Request] = []
  private var open: Set<Int32> = []
  private var connections = 0
  private var stopped = false

  init(_ handler: @escaping @Sendable (Request) -> Reply) throws {
    self.handler = handler
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = self.listener
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listener, raw, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, raw, &size) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in accept() }
  }

  /// Connections that the other side still holds.
  var openConnections: Int { lock.withLock { open.count } }

  var requests: [Request] { lock.withLock { recorded } }

  func stop() {
    let isFirst = lock.withLock {
      defer { stopped = true }
      for client in open { shutdown(client, Int32(SHUT_RDWR)) }
      return !stopped
    }
    // A second time, the listener's number may be that of another server's connection already.
    guard isFirst else { return }
    // Wakes the accepting thread, which closes the listener: closed here, its number could belong to another server by the
    // time that thread accepts on it again.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func accept() {
    defer { close(listener) }
    while true {
      let client = Glibc.accept(listener, nil, nil)
      if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard client >= 0 else {
        lock.withLock { stopped = true }
        return
      }
      let number = lock.withLock {
        open.insert(client)
        defer { connections += 1 }
        return connections
      }
      Thread.detachNewThread { [self] in
        serve(client, number)
        lock.withLock { _ = open.remove(client) }
        close(client)
      }
    }
  }

  private func serve(_ client: Int32, _ connection: Int) {
    var buffer: [UInt8] = []
    while let request = next(client, &buffer, connection) {
      switch handler(request) {
      case .raw(let text): send(client, text)
      case .rawThenClose(let text):
        send(client, text)
        return
      case .close: return
      case .reset:
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        return
      case .pieces(let pieces):
        for piece in pieces {
          usleep(UInt32(piece.milliseconds) * 1000)
          send(client, piece.text)
        }
      case .silence: break
      }
    }
  }

  private func next(_ client: Int32, _ buffer: inout [UInt8], _ connection: Int) -> Request? {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = headEnd(buffer) {
        let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        if buffer.count >= end + 4 + length {
          let start = lines[0].split(separator: " ").map(String.init)
          let body = Array(buffer[(end + 4)..<(end + 4 + length)])
          buffer.removeFirst(end + 4 + length)
          return lock.withLock {
            let request = Request(
              method: start[0], target: start[1], headers: headers, body: body, index: recorded.count, connection: connection)
            recorded.append(request)
            return request
          }
        }
      }
      let count = recv(client, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      buffer += chunk[..<count]
    }
  }

  private func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4) where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 {
      if bytes[index + 3] == 10 { return index }
    }
    return nil
  }

  private func send(_ client: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      sent += count
    }
  }
}
