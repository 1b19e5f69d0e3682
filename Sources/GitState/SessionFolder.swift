import Cryptography
import Diagnostics
import Files
import Platform
import State

/// One run's own folder: a bare repository for its dealings with the remote, and its journal. It lies in `.spaceform/state`, or in the
/// system's temporary folder where the project may not be written to, and goes with the run, unless the run left something to settle.
///
/// A lock of the operating system on it tells whether the run is still alive: it ends with the process.
final class SessionFolder: Sendable {
  /// The session's name on the branch.
  let id: String
  let path: String
  private let lease: FileLock

  var repository: String { path + "/repository.git" }
  var journal: String { path + "/journal.ndjson" }
  var announced: String { path + "/announced" }
  /// There from the moment the run tries to take the lease: then its folder is evidence until everything is settled.
  var isHolder: String { path + "/holder" }

  /// - Parameter places: folders to hold it, in the order they are tried; each is made if need be.
  init(in places: [String]) throws(Failure) {
    id = RandomBytes.hex(count: 8)
    var problem: Failure?
    for place in places {
      do throws(Failure) {
        let path = place + "/" + id
        try SessionFolder.make(place)
        try SessionFolder.make(path)
        lease = try FileLock(path + "/lock")
        self.path = path
        return
      } catch {
        problem = problem ?? error
      }
    }
    throw problem ?? Failure(doing: "making a folder for this run", problem: "there is no place for it")
  }

  /// Takes it away with everything in it.
  func remove() { SessionFolder.remove(path) }

  /// Whether a session was a run of this machine whose process is gone.
  static func hasEnded(_ id: String, in places: [String]) -> Bool {
    guard let path = folder(of: id, in: places) else { return false }
    return (try? FileLock(path + "/lock")) != nil
  }

  /// What an ended session of this machine left.
  static func left(by id: String, in places: [String]) throws(Failure) -> (journal: OpenJournal?, announced: Set<String>) {
    guard let path = folder(of: id, in: places) else { return (nil, []) }
    let file = path + "/journal.ndjson"
    let journal = try AtomicFile.read(file).flatMap { bytes throws(Failure) in try JournalCodec.parse(bytes, file: file) }
    let names = try AtomicFile.read(path + "/announced") ?? []
    return (journal, Set(String(decoding: names, as: UTF8.self).split(separator: "\n").map(String.init)))
  }

  /// Takes away the folders of runs that have ended.
  /// - Parameter all: those of holders of the lease too, since everything is settled.
  static func removeEnded(in places: [String], all: Bool) {
    for place in places {
      guard case .success(let entries) = Posix.entries(place) else { continue }
      for entry in entries where isName(entry.name.text) {
        let path = place + "/" + entry.name.text
        if !all, Posix.status(path + "/holder") != nil { continue }
        guard let lease = try? FileLock(path + "/lock") else { continue }
        withExtendedLifetime(lease) { remove(path) }
      }
    }
  }

  private static func folder(of id: String, in places: [String]) -> String? {
    guard isName(id) else { return nil }
    return places.map { $0 + "/" + id }.first { Posix.status($0 + "/lock")?.kind == .file }
  }

  /// What comes from the branch must not lead elsewhere.
  private static func isName(_ text: String) -> Bool {
    text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
  }

  private static func make(_ path: String) throws(Failure) {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw Failure.system("making the folder \(path)", code: errno)
  }

  private static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
