import Diagnostics
import Platform
import SpaceModel

/// The journal as text: NDJSON, one canonical JSON object a line, each with one member that says what the line is.
public enum JournalCodec {
  /// The newest format this program writes.
  public static let currentVersion = 1

  /// Every format a journal has had; its migrations take one line behind the header at a time.
  static let history = FormatHistory(current: currentVersion, migrations: [:])

  /// The first line: the version, and the digest of the lock the apply starts from.
  public static func header(baseLock: String?) -> String {
    line(["version": .int(currentVersion), "base_lock": baseLock.map(JSONValue.string) ?? .null])
  }

  public static func line(_ intent: Intent) -> String {
    line([
      "intent": [
        "id": .string(intent.id), "space": .string(intent.space.description),
        "operation": .string(intent.operation.rawValue), "details": .object(intent.details),
        "at": .string(intent.at.description),
      ]
    ])
  }

  public static func line(_ outcome: Outcome) -> String {
    line([
      "outcome": [
        "intent": .string(outcome.intent), "status": .string(outcome.status.rawValue), "result": .object(outcome.result),
      ]
    ])
  }

  /// A later apply goes on in the journal that an earlier one left open.
  public static func resumed(baseLock: String?) -> String {
    line(["resumed": ["base_lock": baseLock.map(JSONValue.string) ?? .null]])
  }

  /// The lock with this digest is about to be put in place.
  public static func saved(lock digest: String) -> String { line(["saved": ["lock": .string(digest)]]) }

  private static func line(_ value: JSONValue) -> String { value.canonicalText + "\n" }

  /// Reads a journal's bytes; nil when it records no intent. A last line that a crash cut short is dropped: nothing was done on
  /// the strength of a line that was not yet on disk.
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that messages use.
  /// - Throws: a `Failure` with the way out when an earlier line is torn, a line is none of ours, an outcome has no intent, or the
  ///   format is newer.
  public static func parse(_ bytes: [UInt8], file: String) throws(Failure) -> OpenJournal? {
    try JournalReading(bytes, file: file).journal
  }
}
