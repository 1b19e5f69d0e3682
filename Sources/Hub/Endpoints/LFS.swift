import HTTP
import HubAPI
import Parallel
import Platform
import SpaceModel

/// The answer to an LFS batch (facts hub-api section 4.4).
private struct WireBatch: Decodable {
  struct Object: Decodable, Sendable {
    struct Actions: Decodable, Sendable {
      var upload: Action?
      var verify: Action?
    }
    struct Problem: Decodable, Sendable { var message: String? }
    var oid: String
    /// Nil: the bytes are already there.
    var actions: Actions?
    var error: Problem?
  }

  struct Action: Decodable, Sendable {
    var href: String
    /// `chunk_size`, and the part addresses under "1", "2", … for a multipart upload.
    var header: [String: JSONValue]?
  }

  var objects: [Object]
}

extension HubClient {
  private static let lfsBatch = 256
  /// Objects, and parts of one object, sent at once. What is on its way altogether is bounded by `uploads`.
  private static let lfsConcurrency = 4
  private static let lfsType = "application/vnd.git-lfs+json"

  public func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) {
    var known: Set<String> = []
    let unique = objects.filter { known.insert($0.sha256).inserted }
    for start in stride(from: 0, to: unique.count, by: HubClient.lfsBatch) {
      try await upload(Array(unique[start..<min(start + HubClient.lfsBatch, unique.count)]), to: id)
    }
  }

  /// Sends what the Hub lacks of these. Addresses are signed for a time only, which a long upload outlasts: refused ones are asked
  /// for again, and what has arrived by then is not sent again.
  private func upload(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) {
    var missing = Int.max
    while true {
      let work = try await places(for: objects, id)
      do throws(HubError) {
        return try await uploadAll(work, id)
      } catch {
        guard HubClient.isRefusedAddress(error), work.count < missing else { throw error }
        missing = work.count
      }
    }
  }

  /// Stores answer 403 to an address whose time is over; some say 400, or 410 for parts that they no longer keep.
  private static func isRefusedAddress(_ error: HubError) -> Bool {
    error.call.hasPrefix("PUT ") && [400, 401, 403, 404, 410].contains(error.status)
  }

  /// Where each object that the Hub lacks is to go.
  private func places(
    for objects: [LFSObject], _ id: SpaceID
  ) async throws(HubError) -> [(LFSObject, WireBatch.Object.Actions)] {
    let body: JSONValue = [
      "operation": "upload", "transfers": ["basic", "multipart"], "hash_algo": "sha256", "ref": ["name": "main"],
      "objects": .array(objects.map { ["oid": .string($0.sha256), "size": .int($0.size)] }),
    ]
    var call = HubCall.ask("/spaces/\(id).git/info/lfs/objects/batch", body, of: id)
    call.headers = [("accept", HubClient.lfsType), ("content-type", HubClient.lfsType)]
    let response = try await perform(call)
    let wire = try decode(WireBatch.self, from: response, call, expected: "where to store each object")
    let told = Dictionary(wire.objects.map { ($0.oid, $0) }) { _, last in last }
    var work: [(LFSObject, WireBatch.Object.Actions)] = []
    for object in objects {
      guard let answer = told[object.sha256] else {
        throw malformed(response, call, expected: "where to store each object", found: "\(object.sha256) is missing")
      }
      if let problem = answer.error {
        throw HubError(
          kind: .rejected, call: call.name, status: response.status,
          message: "object \(object.sha256): \(ForeignText.plain(problem.message ?? "refused"))",
          requestID: ErrorAnswer.requestID(response))
      }
      if let actions = answer.actions, actions.upload != nil { work.append((object, actions)) }
    }
    return work
  }

  private func uploadAll(_ work: [(LFSObject, WireBatch.Object.Actions)], _ id: SpaceID) async throws(HubError) {
    _ = try await sideBySide(work.count, width: HubClient.lfsConcurrency) { number throws(HubError) in
      try await self.store(work[number].0, work[number].1, id)
    }
  }

  private func store(_ object: LFSObject, _ actions: WireBatch.Object.Actions, _ id: SpaceID) async throws(HubError) {
    guard let upload = actions.upload else { return }
    if let size = upload.header?["chunk_size"].flatMap({ $0.intValue ?? $0.stringValue.flatMap { Int($0) } }) {
      try await storeInParts(object, upload, size: size)
    } else {
      _ = try await put(object, 0..<object.size, to: upload.href)
    }
    if let verify = actions.verify {
      var call = HubCall.ask("", ["oid": .string(object.sha256), "size": .int(object.size)], of: id)
      call.headers = [("accept", HubClient.lfsType), ("content-type", HubClient.lfsType)]
      _ = try await perform(try addressed(call, verify.href))
    }
  }

  private func storeInParts(_ object: LFSObject, _ upload: WireBatch.Action, size: Int) async throws(HubError) {
    let count = size > 0 ? (object.size + size - 1) / size : 0
    let named = (upload.header ?? [:]).keys.filter { Int($0) != nil }.count
    guard count > 0, named == count else {
      throw HubError(
        kind: .malformedAnswer, call: "LFS upload of \(object.sha256)",
        message: "expected \(count) part addresses, but \(named) came")
    }
    let addresses = (1...count).compactMap { upload.header?[String($0)]?.stringValue }
    guard addresses.count == count else {
      throw HubError(
        kind: .malformedAnswer, call: "LFS upload of \(object.sha256)", message: "the address of a part is missing")
    }
    let parts = try await sideBySide(count, width: HubClient.lfsConcurrency) { number throws(HubError) -> JSONValue in
      let range = number * size..<min((number + 1) * size, object.size)
      let response = try await self.put(object, range, to: addresses[number])
      guard let tag = response.headers["etag"] else {
        throw HubError(
          kind: .malformedAnswer, call: "LFS upload of \(object.sha256)",
          message: "the storage gave no ETag for part \(number + 1)")
      }
      return ["partNumber": .int(number + 1), "etag": .string(tag)]
    }
    var call = HubCall.ask("", ["oid": .string(object.sha256), "parts": .array(parts)])
    call.headers = [("accept", HubClient.lfsType), ("content-type", HubClient.lfsType)]
    call.sendsToken = false
    _ = try await perform(try addressed(call, upload.href))
  }

  /// Stores bytes at a signed address. By content: a second time changes nothing, so a lost connection is tried again.
  private func put(_ object: LFSObject, _ range: Range<Int>, to href: String) async throws(HubError) -> HTTPResponse {
    var call = HubCall(method: .put, path: "", effect: .read)
    call.sendsToken = false
    switch object.source {
    case .file(let path): call.body = .file(path: path, offset: range.lowerBound, length: range.count)
    case .bytes(let bytes):
      guard bytes.count == object.size else {
        throw HubError(
          kind: .transport, call: "LFS upload of \(object.sha256)",
          message: "\(object.size) bytes were announced and \(bytes.count) are there")
      }
      call.body = .slice(bytes[range])
    }
    let addressed = try addressed(call, href)
    guard await uploads.enter() else {
      throw HubError(kind: .transport, call: addressed.name, message: "interrupted before the call was sent")
    }
    defer { uploads.leave() }
    return try await perform(addressed)
  }

  /// Points a call at an `href` of the batch answer. From a Hub with TLS, no address without it is used.
  private func addressed(_ call: HubCall, _ href: String) throws(HubError) -> HubCall {
    guard let home = WebAddress(endpoint), let address = home.resolving(href),
      home.origin.scheme == "http" || address.origin.scheme == "https"
    else {
      throw HubError(
        kind: .malformedAnswer, call: "LFS upload", message: "the Hub named an upload address that cannot be used")
    }
    var call = call
    call.address = address
    call.path = address.origin == home.origin ? address.path : address.withoutQuery
    return call
  }
}
