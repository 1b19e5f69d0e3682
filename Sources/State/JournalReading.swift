import Diagnostics
import Platform
import SpaceModel

/// A journal's bytes, read: what they record, and up to where they are whole.
struct JournalReading {
  /// Nil when no intent is recorded.
  private(set) var journal: OpenJournal?
  /// Bytes up to the end of the last whole line; what follows was cut short by a crash.
  private(set) var wholeLength = 0

  private let file: String
  private var places: [String: Int] = [:]
  private var outcomes = 0
  private var version = JournalCodec.currentVersion
  private let decoder = JSONDecoder()

  init(_ bytes: [UInt8], file: String) throws(Failure) {
    self.file = file
    var read = OpenJournal(baseLock: nil, entries: [])
    var number = 0
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      number += 1
      let line = Array(bytes[start..<end])
      do {
        try JSONSyntax.check(line)
      } catch {
        guard end + 1 == bytes.count else {
          throw failure(number, "not JSON, column \(error.position.column): \(error.message)")
        }
        break
      }
      try take(line, number: number, into: &read)
      start = end + 1
      wholeLength = start
    }
    if !read.entries.isEmpty { journal = read }
  }

  private mutating func take(_ line: [UInt8], number: Int, into read: inout OpenJournal) throws(Failure) {
    let decoded: JournalLine
    do {
      decoded = try decoder.decode(JournalLine.self, from: Data(try upgraded(line)))
    } catch {
      throw failure(number, DecodingProblem.description(error))
    }
    switch decoded {
    case .header(let version, let baseLock):
      guard version <= JournalCodec.currentVersion else { throw newer(version) }
      guard number == 1, version > 0 else { throw failure(number, "a header out of place") }
      self.version = version
      read.baseLock = baseLock
    case _ where number == 1:
      throw failure(number, "the journal does not begin with its version")
    case .intent(let intent):
      guard places.updateValue(read.entries.count, forKey: intent.id) == nil else {
        throw failure(number, "the intent \(intent.id) is there twice")
      }
      read.entries.append(OpenJournal.Entry(intent: intent))
    case .outcome(let outcome):
      // A later outcome replaces an uncertain one: that is how a later apply settles what it inherited.
      guard let place = places[outcome.intent] else {
        throw failure(number, "an outcome of \(outcome.intent), which no earlier line intends")
      }
      read.entries[place].outcome = outcome
      outcomes += 1
      read.outcomeNumbers[outcome.intent] = outcomes
    case .lock(let digest, let isSaved):
      guard let digest else { return }
      read.lockDigests.insert(digest)
      if isSaved { read.outcomesBefore[digest] = outcomes }
    }
  }

  /// A line of the current format. The header is the same in all of them, since it says which one it is.
  private func upgraded(_ line: [UInt8]) throws -> [UInt8] {
    guard JournalCodec.history.place(of: version) == .older else { return line }
    let value = try decoder.decode(JSONValue.self, from: Data(line))
    return Array((JournalCodec.history.upgraded(value, from: version) ?? value).canonicalText.utf8)
  }

  private func newer(_ version: Int) -> Failure {
    Failure(
      doing: "reading \(file)",
      problem:
        "a newer version of spaceform wrote it: its format is \(version), and this program reads up to \(JournalCodec.currentVersion)",
      help: "Upgrade spaceform to the version that wrote \(file).")
  }

  private func failure(_ number: Int, _ problem: String) -> Failure {
    Failure(
      doing: "reading \(file)", problem: "line \(number): \(problem)",
      help: "Only spaceform writes this file, and a crash damages no more than its last line. Keep it as evidence with "
        + "`mv \(file) \(file).damaged`; the next plan then compares every Space with the Hub.")
  }
}

/// One line of the journal, told by its member.
private enum JournalLine: Decodable {
  case header(version: Int, baseLock: String?)
  case intent(Intent)
  case outcome(Outcome)
  /// A lock the journal goes on under: the base of a later apply, or one that was saved.
  case lock(String?, isSaved: Bool)

  private enum Key: String, CodingKey { case version, baseLock = "base_lock", intent, outcome, resumed, saved }
  private enum LockKey: String, CodingKey { case baseLock = "base_lock", lock }

  init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    if let intent = try line.decodeIfPresent(Intent.self, forKey: .intent) {
      self = .intent(intent)
    } else if let outcome = try line.decodeIfPresent(Outcome.self, forKey: .outcome) {
      self = .outcome(outcome)
    } else if line.contains(.saved) {
      self = .lock(
        try line.nestedContainer(keyedBy: LockKey.self, forKey: .saved).decode(String.self, forKey: .lock), isSaved: true)
    } else if line.contains(.resumed) {
      let resumed = try line.nestedContainer(keyedBy: LockKey.self, forKey: .resumed)
      self = .lock(try resumed.decodeIfPresent(String.self, forKey: .baseLock), isSaved: false)
    } else {
      self = .header(
        version: try line.decode(Int.self, forKey: .version),
        baseLock: try line.decodeIfPresent(String.self, forKey: .baseLock))
    }
  }
}

extension Intent: Decodable {
  private enum Key: String, CodingKey { case id, space, operation, details, at }

  /// Reads what the journal holds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let address = try container.decode(String.self, forKey: .space)
    guard let space = SpaceID(address) else {
      throw DecodingError.dataCorruptedError(
        forKey: .space, in: container, debugDescription: "\(address) is not an address of a Space")
    }
    self.init(
      id: try container.decode(String.self, forKey: .id), space: space,
      operation: try container.decode(Operation.self, forKey: .operation),
      details: try container.decodeIfPresent([String: JSONValue].self, forKey: .details) ?? [:],
      at: try container.decode(Timestamp.self, forKey: .at))
  }
}

extension Outcome: Decodable {
  private enum Key: String, CodingKey { case intent, status, result }

  /// Reads what the journal holds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      intent: try container.decode(String.self, forKey: .intent),
      status: try container.decode(Status.self, forKey: .status),
      result: try container.decodeIfPresent([String: JSONValue].self, forKey: .result) ?? [:])
  }
}
