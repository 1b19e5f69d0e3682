import Foundation
import HubSimulator
import SpaceModel

/// Reads the body of a commit call: NDJSON lines, or the older single object (facts hub-api section 4.3).
enum CommitReading {
  private struct Line: Decodable {
    var key: String
    var value: Value
  }

  private struct Value: Decodable {
    var summary: String?
    var description: String?
    var parentCommit: String?
    var path: String?
    var oldPath: String?
    var content: String?
    var encoding: String?
    var algo: String?
    var oid: String?
    var size: Int?
  }

  private struct Whole: Decodable {
    var summary: String?
    var description: String?
    var parentCommit: String?
    var files: [Value]?
    var lfsFiles: [Value]?
    var deletedEntries: [Value]?
  }

  /// - Parameter stored: The size of a large object the Hub has; a client that copies one names it without its size.
  static func commit(
    _ body: [UInt8], contentType: String, stored: (String) -> Int?
  ) throws(Refusal) -> PreparedCommit {
    contentType.hasPrefix("application/json") ? try whole(body, stored) : try lines(body, stored)
  }

  private static func lines(_ body: [UInt8], _ stored: (String) -> Int?) throws(Refusal) -> PreparedCommit {
    var commit: PreparedCommit?
    let decoder = JSONDecoder()
    for text in body.split(separator: UInt8(ascii: "\n")) where !text.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) {
      guard let line = try? decoder.decode(Line.self, from: Data(text)) else {
        throw .rejected("A line of the commit is not a JSON object with \"key\" and \"value\"")
      }
      if line.key == "header" {
        guard commit == nil else { throw .rejected("The commit has two headers") }
        commit = try header(line.value.summary, line.value.description, line.value.parentCommit)
        continue
      }
      guard commit != nil else { throw .rejected("The first line of a commit must be its header") }
      try add(line.key, line.value, to: &commit, stored)
    }
    guard let commit else { throw .rejected("The commit has no header") }
    return commit
  }

  private static func whole(_ body: [UInt8], _ stored: (String) -> Int?) throws(Refusal) -> PreparedCommit {
    guard let whole = try? JSONDecoder().decode(Whole.self, from: Data(body)) else {
      throw .rejected("The commit is not a JSON object")
    }
    var commit: PreparedCommit? = try header(whole.summary, whole.description, whole.parentCommit)
    for value in whole.files ?? [] { try add("file", value, to: &commit, stored) }
    for value in whole.lfsFiles ?? [] { try add("lfsFile", value, to: &commit, stored) }
    for value in whole.deletedEntries ?? [] { try add("deletedEntry", value, to: &commit, stored) }
    guard let commit else { throw .rejected("The commit has no header") }
    return commit
  }

  private static func header(
    _ summary: String?, _ description: String?, _ parent: String?
  ) throws(Refusal) -> PreparedCommit {
    guard let summary, !summary.isEmpty else { throw .rejected("\"summary\" is required") }
    if let parent, parent.utf8.count != 40 || !parent.allSatisfy(\.isHexDigit) {
      throw .rejected("\"parentCommit\" must be 40 hexadecimal digits")
    }
    return PreparedCommit(title: summary, message: description ?? "", parent: parent)
  }

  private static func add(
    _ key: String, _ value: Value, to commit: inout PreparedCommit?, _ stored: (String) -> Int?
  ) throws(Refusal) {
    guard let path = value.path else { throw .rejected("\"path\" is required in \(key)") }
    switch key {
    case "file":
      if let old = value.oldPath, value.content == nil {
        commit?.operations.append(.move(from: old, to: path))
        return
      }
      guard let bytes = FileContent.bytes(value.content ?? "", encoding: value.encoding) else {
        throw .rejected("The content of \(path) is not base64")
      }
      commit?.add(file: path, bytes: bytes)
      if let old = value.oldPath, old != path { commit?.operations.append(.deleteFile(old)) }
    case "lfsFile":
      guard let oid = value.oid, oid.utf8.count == 64, oid.allSatisfy(\.isHexDigit), let size = value.size ?? stored(oid),
        (value.algo ?? "sha256") == "sha256"
      else { throw .rejected("\(path) needs \"algo\" sha256, a 64-digit \"oid\" and, unless the object is stored, a \"size\"") }
      commit?.add(large: path, sha256: oid, size: size)
      if let old = value.oldPath, old != path { commit?.operations.append(.deleteFile(old)) }
    case "deletedFile": commit?.operations.append(.deleteFile(path))
    case "deletedFolder": commit?.operations.append(.deleteFolder(path))
    case "deletedEntry": commit?.operations.append(.deleteEntry(path))
    default: throw .rejected("A commit has no \"\(key)\"")
    }
  }
}
