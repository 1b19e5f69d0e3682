import Cryptography
import Diagnostics
import Platform
import SpaceModel

/// The lock as text: `version` first, then keys sorted, one record per Space, one line for each leaf, equal bytes everywhere.
public enum LockCodec {
  /// Every format a lock has had.
  static let history = FormatHistory(current: Lock.currentVersion, migrations: [:])

  /// The file's whole text. Reading it back gives an equal lock, and writing that one gives equal bytes.
  public static func text(_ lock: Lock) -> String {
    var members: [String: JSONValue] = ["project": .string(lock.project), "hub": .string(lock.hub)]
    if let revision = lock.revision { members["revision"] = .string(revision) }
    var spaces: [String: JSONValue] = [:]
    spaces.reserveCapacity(lock.spaces.count)
    for (id, record) in lock.spaces { spaces[id.description] = record.json }
    members["spaces"] = .object(spaces)
    // The version goes first, before the sorted members, so that a person and a later program see it at once.
    return "{\n  \"version\": \(Lock.currentVersion),\n" + JSONValue.object(members).prettyText.dropFirst(2)
  }

  /// Reads a lock's bytes.
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that messages use, relative to the project folder.
  /// - Throws: a `Failure` with the way out: merge conflict markers, an empty file, not JSON (with line and column), a member
  ///   of the wrong type (with its path), a newer version, a bad address, two records of one Space.
  public static func parse(_ bytes: [UInt8], file: String) throws(Failure) -> Lock {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let failures = LockFailures(file: file)
    guard bytes.contains(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) else { throw failures.empty }
    do {
      try JSONSyntax.check(bytes)
    } catch {
      if let line = ConflictedText.firstMarkerLine(in: bytes) { throw failures.conflict(line: line) }
      throw failures.syntax(error)
    }
    do {
      return try decode(Data(bytes))
    } catch {
      throw failures.content(error)
    }
  }

  private static func decode(_ data: Data) throws -> Lock {
    do {
      return try JSONDecoder().decode(LockFile.self, from: data).lock
    } catch LockFileProblem.older(let version) {
      let document = try JSONDecoder().decode(JSONValue.self, from: data)
      guard let upgraded = history.upgraded(document, from: version) else { throw LockFileProblem.unknownVersion(version) }
      return try JSONDecoder().decode(LockFile.self, from: Data(upgraded.canonicalText.utf8)).lock
    }
  }

  /// `sha256:` and 64 hex digits over the lock's text; nil for no lock. Taken over what the lock means, so that a checkout
  /// that rewrites line ends is still the same lock.
  public static func digest(_ lock: Lock?) -> String? {
    lock.map { "sha256:" + Digest.sha256Hex(Array(text($0).utf8)) }
  }
}

extension LockRecord {
  /// `sha256:` and 64 hex digits over the record's canonical JSON: what a saved plan binds.
  public var digest: String { "sha256:" + Digest.sha256Hex(Array(json.canonicalText.utf8)) }
}
