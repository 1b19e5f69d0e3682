import Cryptography
import HTTP
import HubAPI
import Platform
import SpaceModel

/// An entry of a tree page (facts hub-api section 4.1).
private struct WireEntry: Decodable {
  struct LFS: Decodable {
    var oid: String
    var size: Int?
  }
  var type: String
  var path: String
  var oid: String?
  var size: Int?
  var lfs: LFS?
}

/// A commit of the history. What is not needed to tell commits apart may be missing.
private struct WireCommit: Decodable {
  struct Author: Decodable { var user: String? }
  var id: String
  var title: String?
  var message: String?
  var date: String?
  var authors: [Author]?
}

/// The answer to a commit (facts hub-api section 4.3).
private struct WireCommitted: Decodable { var commitOid: String }

extension HubClient {
  public func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile] {
    let path = id.apiPath + "/tree/" + Percent.encode(revision)
    let query = [(name: "recursive", value: "true"), (name: "expand", value: "false")]
    let entries = try await pages(.get(path, query: query, of: id), of: WireEntry.self, expected: "a list of files")
    return entries.compactMap { entry in
      guard entry.type == "file" else { return nil }
      return TreeFile(
        path: entry.path, size: entry.lfs?.size ?? entry.size ?? 0, git: entry.oid ?? "", lfsSHA256: entry.lfs?.oid)
    }
  }

  /// Through `/resolve/`, which the Hub counts in its larger allowance and which gives LFS files' real bytes, often by a
  /// redirect to another host.
  public func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8] {
    let call = HubCall.file(path, of: id, revision: revision)
    let response = try await perform(call)
    let bytes = [UInt8](response.body)
    if let problem = mismatch(of: bytes, response) {
      throw malformed(response, call, expected: "the content of \(ForeignText.plain(path))", found: problem)
    }
    return bytes
  }

  /// A lost connection is made again and asks for the rest (`Range`; facts hub-api section 4.1).
  public func download(_ path: String, of id: SpaceID, revision: String, to sink: any ByteSink) async throws(HubError) {
    var call = HubCall.file(path, of: id, revision: revision)
    let destination = Destination(sink)
    call.destination = destination
    while true {
      let before = destination.position
      do throws(HubError) {
        let response = try await perform(call)
        if let problem = HubClient.missingBytes(response, after: destination.position) {
          throw malformed(response, call, expected: "the content of \(ForeignText.plain(path))", found: problem)
        }
        return
      } catch {
        // Tries are counted anew for as long as more of the file comes.
        guard error.kind == .transport, !Task.isCancelled, destination.position > before else { throw error }
      }
    }
  }

  /// Whether an answer announces another length than came. libcurl sees to it within one exchange; over several it cannot.
  private static func missingBytes(_ response: HTTPResponse, after position: Int) -> String? {
    guard let range = response.headers["content-range"], let size = ContentRange.size(of: range), size != position else {
      return nil
    }
    return "\(position) bytes came of \(size)"
  }

  /// The Hub names what it sends by its git id or its SHA-256 (facts hub-api section 4.1). Nil when the bytes are those, or when
  /// another host sent them under a name of its own.
  private func mismatch(of bytes: [UInt8], _ response: HTTPResponse) -> String? {
    guard let field = response.headers["x-linked-etag"] ?? response.headers["etag"] else {
      guard response.url.origin == WebAddress(endpoint)?.origin, response.headers["x-repo-commit"] == nil else { return nil }
      return "the answer names neither a commit nor an ETag, so it is not from the Hub"
    }
    let tag = field.drop { $0 == "W" || $0 == "/" }.filter { $0 != "\"" }.lowercased()
    let isWrong =
      switch tag.utf8.count {
      case 40: tag != Digest.gitBlobID(bytes)
      case 64: tag != Digest.sha256Hex(bytes)
      default: false
      }
    return isWrong ? "the bytes that came do not have the digest it was announced with" : nil
  }

  public func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord] {
    guard limit > 0 else { return [] }
    let query = [(name: "limit", value: String(min(limit, 100)))]
    let found = try await pages(
      .get(id.apiPath + "/commits/main", query: query, of: id), of: WireCommit.self, expected: "a list of commits",
      limit: limit)
    return found.map { commit in
      CommitRecord(
        id: commit.id, title: commit.title ?? "", message: commit.message ?? "", date: commit.date.flatMap { Timestamp($0) },
        authors: (commit.authors ?? []).compactMap(\.user))
    }
  }

  public func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult {
    var call = HubCall.write(.post, id.apiPath + "/commit/main", of: id)
    call.headers = [("content-type", "application/x-ndjson")]
    call.body = .bytes(request.wire)
    let answer = try decode(WireCommitted.self, from: try await perform(call), call, expected: "the new commit's id")
    return CommitResult(commit: answer.commitOid)
  }
}

extension HubCall {
  fileprivate static func file(_ path: String, of id: SpaceID, revision: String) -> HubCall {
    var call = HubCall.get("/spaces/\(id)/resolve/\(Percent.encode(revision))/\(Percent.encode(path: path))", of: id)
    call.redirects = .elsewhereWithoutToken
    call.bucket = .resolvers
    call.givesFile = true
    return call
  }
}

extension CommitRequest {
  /// One JSON object a line, the header first (facts hub-api section 4.3).
  var wire: [UInt8] {
    var header: [String: JSONValue] = ["summary": .string(summary), "description": .string(description)]
    header["parentCommit"] = parentCommit.map(JSONValue.string)
    var lines: [UInt8] = []
    func append(_ line: String) {
      lines += line.utf8
      lines.append(UInt8(ascii: "\n"))
    }
    append(JSONValue.object(["key": "header", "value": .object(header)]).canonicalText)
    for operation in operations {
      switch operation {
      case .file(let path, let bytes):
        // Written by hand: base64 needs no escaping, and contents are the bulk of the body.
        let name = JSONValue.string(path).canonicalText
        append(
          #"{"key":"file","value":{"content":""# + Data(bytes).base64EncodedString()
            + #"","encoding":"base64","path":"# + name + "}}")
      case .lfsFile(let path, let sha256, let size):
        let value: JSONValue = ["path": .string(path), "algo": "sha256", "oid": .string(sha256), "size": .int(size)]
        append(JSONValue.object(["key": "lfsFile", "value": value]).canonicalText)
      case .delete(let path):
        append(JSONValue.object(["key": "deletedFile", "value": ["path": .string(path)]]).canonicalText)
      }
    }
    return lines
  }
}
