import HubSimulator
import SpaceModel

/// File bytes (facts hub-api section 4.1).
enum Files {
  /// The file itself, LFS objects resolved, ranges honoured.
  static func resolve(_ call: Call, _ hub: Hub) async throws -> Answer {
    let id = try call.space()
    // These alone may be read by those who are not let in, at the root of the repository (answers recorded in October 2026).
    let isOpen = ["README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"].contains(call["path"])
    let (commit, file, small) = try hub.core.withLock { core throws(Refusal) in
      let (commit, file) = try find(call, id, core.world, isOpen ? .read : .files)
      if let lfs = file.lfs, let hubID = core.world.hubID(of: id), core.world.spaces[hubID]?.lacks(largeObject: lfs) == true {
        throw .entryNotFound("The large file of \(call["path"]) was permanently deleted")
      }
      return (commit, file, file.lfs == nil ? core.world.blobs[file.git] : nil)
    }
    var body = small.map(Answer.Body.bytes)
    if let lfs = file.lfs { body = hub.objects.object(lfs).map { .object($0, 0..<$0.size) } }
    guard let body else { throw Refusal(500, .server, "The bytes of \(call["path"]) are missing") }
    let size = body.size
    let tag = "\"\(file.lfs ?? file.git)\""
    var headers: [(name: String, value: String)] = [
      ("Content-Type", type(of: call["path"])), ("X-Repo-Commit", commit.id), ("ETag", tag), ("Accept-Ranges", "bytes"),
      (
        "Content-Disposition",
        "inline; filename=\"\(Answer.headerSafe(String(call["path"].split(separator: "/").last ?? "")))\""
      ),
    ]
    if file.lfs != nil {
      headers.append(("X-Linked-Size", String(file.size)))
      headers.append(("X-Linked-Etag", tag))
    }
    if Conditional.isKnown(tag, to: call) { return Answer(status: 304, headers: headers, body: .bytes([])) }
    guard let range = call.headers["range"] else { return Answer(headers: headers, body: body) }
    guard let wanted = ByteRange.read(range, size: size) else {
      headers.append(("Content-Range", "bytes */\(size)"))
      return Answer(status: 416, headers: headers, body: .bytes([]))
    }
    headers.append(("Content-Range", "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(size)"))
    return Answer(status: 206, headers: headers, body: body[wanted])
  }

  /// The git blob: a pointer's text for an LFS file.
  static func raw(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let (commit, file) = try find(call, try call.space(), core.world, .files)
    guard let bytes = core.world.blobs[file.git] else {
      throw Refusal(500, .server, "The bytes of \(call["path"]) are missing")
    }
    let tag = "\"\(file.git)\""
    let headers: [(name: String, value: String)] = [
      ("Content-Type", "text/plain; charset=utf-8"), ("X-Repo-Commit", commit.id), ("ETag", tag),
    ]
    if Conditional.isKnown(tag, to: call) { return Answer(status: 304, headers: headers, body: .bytes([])) }
    return Answer(headers: headers, body: .bytes(bytes))
  }

  private static func find(
    _ call: Call, _ id: SpaceID, _ world: World, _ access: Access
  ) throws(Refusal) -> (Repository.Commit, Repository.File) {
    let commit = try world.commit(id, at: call["revision"], for: call.caller, access)
    guard let file = commit.files[call["path"]] else {
      throw Refusal(404, .notFound(.entry), "Entry not found", code: "EntryNotFound")
    }
    return (commit, file)
  }

  private static func type(of path: String) -> String {
    let text = ["md", "txt", "py", "yaml", "yml", "toml", "json", "html", "css", "js", "cfg", "ini", "sh"]
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    return text.contains(ending) || path.hasSuffix("Dockerfile") ? "text/plain; charset=utf-8" : "application/octet-stream"
  }
}

extension Answer.Body {
  /// Bytes of a file's whole content; 0 for a stream, whose end is not known.
  fileprivate var size: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .object(_, let range): range.count
    case .stream: 0
    }
  }

  /// A part of a file's whole content.
  fileprivate subscript(range: Range<Int>) -> Answer.Body {
    switch self {
    case .bytes(let bytes): .bytes(Array(bytes[range]))
    case .object(let object, _): .object(object, range)
    case .stream: self
    }
  }
}

/// One range of a `Range` header.
enum ByteRange {
  /// Nil when it cannot be satisfied.
  static func read(_ header: String, size: Int) -> Range<Int>? {
    guard header.hasPrefix("bytes="), !header.contains(",") else { return nil }
    let parts = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    if parts[0].isEmpty {
      guard let last = Int(parts[1]), last > 0 else { return nil }
      return max(0, size - last)..<size
    }
    guard let first = Int(parts[0]), first >= 0, first < size else { return nil }
    if parts[1].isEmpty { return first..<size }
    guard let last = Int(parts[1]), last >= first else { return nil }
    return first..<min(size, last + 1)
  }
}
