import Diagnostics
import Files
import Platform
import SpaceModel
import State

/// What this work tree last saw of the branch. A branch that is gone, or has gone back, is then an error and no empty state. In a fresh
/// checkout there is no such memory, and the branch is believed.
struct SeenBranch: Sendable {
  /// `.spaceform/state/seen.json` and, beside it, the lock.
  let file: String
  let lockFile: String
  private let remote: String
  private let branch: String

  /// - Parameter folder: one of the environment's own.
  init(folder: String, remote: String, branch: String) {
    file = "\(folder)/seen.json"
    lockFile = "\(folder)/seen.lock"
    self.remote = remote
    self.branch = branch
  }

  struct Memory: Hashable, Sendable {
    var tip: String
    var term: Int
    var hasLock: Bool
  }

  /// Nil when nothing was seen, or only another branch.
  var memory: Memory? {
    guard let bytes = (try? AtomicFile.read(file)).flatMap(\.self),
      let read = try? JSONDecoder().decode(Written.self, from: Data(bytes)), read.remote == remote, read.branch == branch
    else { return nil }
    return Memory(tip: read.tip, term: read.term, hasLock: Posix.status(lockFile) != nil)
  }

  /// Refuses a branch that is gone or has gone back.
  /// - Parameter term: of the branch's lease; nil when the lease is not there or cannot be read.
  func check(_ snapshot: Snapshot, term: Int?) throws(Failure) {
    guard let memory else { return }
    let doing = "reading the branch \(branch) of \(remote)"
    let accept = "To go on with the branch as it is, remove \(file)."
    let restore =
      memory.hasLock ? "`spaceform state push --force \(ShellWord.quoted(lockFile))` puts back the lock last seen here" : nil
    guard snapshot.tip != nil else {
      throw Failure(
        doing: doing,
        problem: "the remote does not have it any more; it was at \(memory.tip.prefix(12)) when it was last seen here",
        help: "\(restore ?? "Push that commit again from a clone that has it"). \(accept)", status: .stale)
    }
    // A folder that is gone or a lease that is gone counts as term 0; a lease that cannot be read says nothing.
    guard let term = term ?? (snapshot.lease == nil ? 0 : nil), term < memory.term else { return }
    throw Failure(
      doing: doing,
      problem: "it has gone back: its term is \(term), and \(memory.term) was seen here; somebody reset it or pushed over it",
      help: "\(restore ?? "Push the commit \(memory.tip.prefix(12)) again from a clone that has it"). \(accept)", status: .stale
    )
  }

  /// Remembers. To forget it would only make the next run believe the branch, so a disk that is full or read-only ends nothing.
  func remember(_ snapshot: Snapshot, term: Int?) {
    guard let tip = snapshot.tip, let term else { return }
    if let old = memory, old.tip == tip, old.term == term { return }
    let text = JSONValue.object([
      "remote": .string(remote), "branch": .string(branch), "tip": .string(tip), "term": .int(term),
    ]).prettyText
    if let lock = snapshot.lock { try? AtomicFile.replace(lockFile, with: lock, mode: 0o600) }
    try? AtomicFile.replace(file, with: Array(text.utf8), mode: 0o600)
  }

  /// Remembers nothing any more: the state was taken off the branch.
  func forget() {
    for path in [file, lockFile] { try? FileManager.default.removeItem(atPath: path) }
  }

  private struct Written: Decodable {
    var remote: String
    var branch: String
    var tip: String
    var term: Int
  }
}
