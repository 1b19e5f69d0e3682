import Diagnostics
import Files
import Platform

/// The journal on disk, open for one apply that holds the lease. It is written in place and never renamed, so that the file
/// the kernel knows is the file the next apply reads.
package final class JournalFile {
  /// What an earlier apply left open.
  package let inherited: OpenJournal?

  private let file: CInt
  private let path: String
  /// Bytes known to be on disk and whole.
  private var length: Int
  /// The header, or the marker of a later apply: written together with the first record, so that an apply that writes nothing
  /// leaves nothing.
  private var opening: [UInt8]
  private var known: Set<String>
  /// After a failed sync nobody can say what is on disk; going on would break the journal's one promise.
  private var isBroken = false

  package init(path: String, folder: String, baseLock: String?) throws(Failure) {
    let isNew = access(path, F_OK) != 0
    let bytes = try AtomicFile.read(path) ?? []
    let reading = try JournalReading(bytes, file: path)
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    self.path = path
    inherited = reading.journal
    // A header or marker without a record is nothing to keep.
    length = inherited == nil ? 0 : reading.wholeLength
    opening = Array(
      (inherited == nil ? JournalCodec.header(baseLock: baseLock) : JournalCodec.resumed(baseLock: baseLock)).utf8)
    known = Set(inherited?.entries.map(\.intent.id) ?? [])
    guard file >= 0 else { throw Failure.system("opening \(path)", code: errno) }
    if isNew { try AtomicFile.synchronize(folder: folder) }
  }

  deinit { if file >= 0 { close(file) } }

  /// Whether anything is recorded, now or by an earlier apply.
  package var isOpen: Bool { length > 0 }

  package func append(_ intent: Intent) throws(Failure) {
    guard !known.contains(intent.id) else {
      throw fault("the intent \(intent.id) is recorded already")
    }
    try append(JournalCodec.line(intent))
    known.insert(intent.id)
  }

  package func append(_ outcome: Outcome) throws(Failure) {
    guard known.contains(outcome.intent) else {
      throw fault("the outcome of \(outcome.intent) has no intent")
    }
    try append(JournalCodec.line(outcome))
  }

  private func fault(_ problem: String) -> Failure {
    Failure(
      doing: "writing \(path)", problem: problem,
      help: "This is a fault of spaceform: keep a copy of the file, report it, and run the command again.")
  }

  /// One write and one sync. After a failure the file is as it was before.
  package func append(_ line: String) throws(Failure) {
    guard !isBroken else {
      throw Failure(
        doing: "writing \(path)", problem: "an earlier write to it failed",
        help: "Make the disk writable and run the command again.")
    }
    let bytes = opening + Array(line.utf8)
    do throws(Failure) {
      if !opening.isEmpty { try check(ftruncate(file, off_t(length))) }
      try write(bytes)
    } catch {
      // A line torn in the middle would make the journal unreadable once another follows.
      isBroken = ftruncate(file, off_t(length)) != 0
      throw error
    }
    guard fsync(file) == 0 else {
      isBroken = true
      throw Failure.system("syncing \(path)", code: errno)
    }
    length += bytes.count
    opening = []
  }

  /// Everything in it is settled and saved.
  package func empty() throws(Failure) {
    try check(ftruncate(file, 0))
    try check(fsync(file))
    length = 0
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(length + written)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure.system("writing \(path)", code: count == 0 ? ENOSPC : errno) }
      written += count
    }
  }

  private func check(_ answer: CInt) throws(Failure) {
    guard answer == 0 else { throw Failure.system("writing \(path)", code: errno) }
  }
}
