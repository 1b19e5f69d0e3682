import Dispatch
import Foundation
import HubServer
import SpaceModel
import Testing

/// A local Hub on a free port, for as long as a test's body runs.
struct RunningHub: Sendable {
  let port: Int

  @discardableResult
  static func with<Result: Sendable>(
    _ options: HubOptions = HubOptions(port: 0), _ body: @Sendable (RunningHub) async throws -> Result
  ) async throws -> Result {
    var options = options
    options.port = 0
    let local = try LocalHub(options)
    let (ready, announce) = AsyncStream<String>.makeStream()
    let serving = Task {
      defer { announce.finish() }
      try await local.serve(handleSignals: false, ready: { announce.yield($0) }, complain: { Issue.record("\($0)") })
    }
    var endpoints = ready.makeAsyncIterator()
    let endpoint = try #require(await endpoints.next())
    let port = try #require(endpoint.split(separator: ":").last.flatMap { Int($0) })
    do {
      let result = try await body(RunningHub(port: port))
      serving.cancel()
      _ = try? await serving.value
      return result
    } catch {
      serving.cancel()
      _ = try? await serving.value
      throw error
    }
  }

  /// One answer as it came over the socket.
  struct Reply: Sendable {
    var status: Int
    /// Lower-case names.
    var headers: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(body))) ?? .null }
  }

  /// Sends one call on a connection of its own; nil when the connection was cut without an answer.
  func send(
    _ method: String, _ path: String, _ body: String? = nil, token: String? = "hf_local",
    type: String = "application/json", headers: [String: String] = [:]
  ) async -> Reply? {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n" }
    let bytes = Array((head + "\r\n" + (body ?? "")).utf8)
    let port = self.port
    // On a thread of its own: the server shares the concurrency pool with the tests.
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: RunningHub.exchange(bytes, port: port)) }
    }
  }

  private static func exchange(_ request: [UInt8], port: Int) -> Reply? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return nil }
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return nil }
      sent += count
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { break }
      received += buffer[..<count]
    }
    return parse(received)
  }

  private static func parse(_ bytes: [UInt8]) -> Reply? {
    let mark = Array("\r\n\r\n".utf8)
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    }
    var body = Array(bytes[(end + 4)...])
    if headers["transfer-encoding"] == "chunked" { body = dechunked(body) }
    return Reply(status: status, headers: headers, body: body)
  }

  private static func dechunked(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while let line = bytes[index...].firstIndex(of: 13),
      let size = Int(String(decoding: bytes[index..<line], as: UTF8.self), radix: 16), size > 0
    {
      result += bytes[(line + 2)..<(line + 2 + size)]
      index = line + 2 + size + 2
    }
    return result
  }

  /// Makes a private Docker Space.
  func create(_ name: String, _ more: String = "") async throws {
    let reply = try #require(
      await send(
        "POST", "/api/repos/create",
        "{\"name\":\"\(name)\",\"organization\":\"acme\",\"type\":\"space\",\"sdk\":\"docker\",\"visibility\":\"private\"\(more)}"
      ))
    #expect(reply.status == 200, "\(reply.text)")
  }

  func commit(_ name: String, _ path: String, _ text: String, parent: String? = nil) async -> Reply? {
    let header = parent.map { ",\"parentCommit\":\"\($0)\"" } ?? ""
    return await send(
      "POST", "/api/spaces/acme/\(name)/commit/main",
      "{\"key\":\"header\",\"value\":{\"summary\":\"change\"\(header)}}\n"
        + "{\"key\":\"file\",\"value\":{\"path\":\"\(path)\",\"content\":\"\(text)\"}}\n",
      type: "application/x-ndjson")
  }
}
