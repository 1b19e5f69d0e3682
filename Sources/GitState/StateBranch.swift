import Diagnostics
import Git
import State

/// The state's branch as one project uses it: fetched, read, and moved on by compare and swap.
///
/// Every commit of a run in progress has the last one that ended an apply as its first parent and the branch's tip as its second, and so
/// has the one that ends it: `git log --first-parent` is one line an apply, nothing is ever rewritten, and two generations of commits are
/// all that a fetch has to bring.
struct StateBranch: Sendable {
  let remote: GitRemote
  let repository: BareRepository
  let place: BranchPlace
  let author: GitIdentity

  /// A change of this project's folder on the branch.
  struct Change: Sendable {
    var files: [String: [UInt8]?]
    var message: String
    /// Whether it is only a step of a run that goes on.
    var isCheckpoint: Bool
  }

  enum Answer: Sendable {
    /// The branch's new tip.
    case landed(Snapshot)
    /// Somebody else moved it: what it says now.
    case moved(Snapshot)
  }

  private static let mark = "Spaceform-Checkpoint: "

  /// What the branch says now.
  func fetch() throws(Failure) -> Snapshot {
    guard let tip = try remote.fetch(depth: 2, into: repository) else { return .none }
    return try snapshot(tip)
  }

  /// Writes a change on top of what was fetched, and pushes it if the branch is still there.
  /// - Throws: the remote could not be reached or will not have it; `isMine` tells from a later snapshot whether it landed after all.
  func push(_ change: Change, on snapshot: Snapshot, isMine: (Snapshot) -> Bool) throws(Failure) -> Answer {
    var parents = [snapshot.mainline, snapshot.tip].compactMap(\.self)
    if parents.count == 2, parents[0] == parents[1] { parents.removeLast() }
    var base = snapshot.tip
    if parents.isEmpty {
      let root = try repository.write(
        BareRepository.Draft(
          parents: [], base: nil, files: ["README.md": Array(StateBranch.readme.utf8)],
          message:
            "The state of Spaceform\n\nOne folder for each project, one line of `git log --first-parent` for each apply.\n",
          author: author))
      parents = [root]
      base = root
    }
    var message = change.message
    if change.isCheckpoint { message += "\n\(StateBranch.mark)yes\n" }
    let commit = try repository.write(
      BareRepository.Draft(parents: parents, base: base, files: change.files, message: message, author: author))
    var landed = snapshot
    landed.tip = commit
    landed.mainline = change.isCheckpoint ? parents[0] : commit
    for (path, bytes) in change.files { landed[path, place.folder] = bytes }

    switch remote.push(commit, expecting: snapshot.tip, from: repository) {
    case .landed: return .landed(landed)
    case .refused(let words):
      let now = try fetch()
      if now.tip == snapshot.tip { throw rejected(words) }
      return isMine(now) ? .landed(now) : .moved(now)
    case .unknown(let failure):
      // It may have arrived all the same; if nobody answers now either, the first failure says more.
      guard let now = try? fetch(), now.tip != snapshot.tip else { throw failure }
      return isMine(now) ? .landed(now) : .moved(now)
    }
  }

  /// The lease as the last commits that have one that can be read had it; nil when none has.
  func lastReadableLease() throws(Failure) -> Lease? {
    guard let tip = try remote.fetch(depth: 50, into: repository) else { return nil }
    var (waiting, seen) = ([tip], Set([tip]))
    while !waiting.isEmpty {
      let id = waiting.removeFirst()
      if let bytes = try repository.file(place.folder.lease, of: id),
        let lease = try? LeaseCodec.parse(bytes, file: place.folder.lease)
      {
        return lease
      }
      // The second parent is the nearer one.
      for parent in try repository.commit(id).parents.reversed() where repository.has(parent) && seen.insert(parent).inserted {
        waiting.append(parent)
      }
    }
    return nil
  }

  private func snapshot(_ tip: String) throws(Failure) -> Snapshot {
    let commit = try repository.commit(tip)
    let isCheckpoint = commit.message.split(separator: "\n").contains { $0.hasPrefix(StateBranch.mark) }
    let folder = place.folder
    return Snapshot(
      tip: tip, mainline: isCheckpoint ? commit.parents.first ?? tip : tip, lock: try repository.file(folder.lock, of: tip),
      journal: try repository.file(folder.journal, of: tip), lease: try repository.file(folder.lease, of: tip))
  }

  private func rejected(_ words: String) -> Failure {
    Failure(
      doing: "pushing to the branch \(place.branch) of \(place.remote)", problem: "the remote refused it: \(words)",
      help: "Allow this account to push to \(place.branch); the branch needs no review and is never merged.")
  }

  private static let readme = """
    # The state of Spaceform

    `spaceform apply` keeps here what it last made of each Space: a folder for each project, and one in it for each environment.

    | file | what it is |
    |---|---|
    | `spaceform.lock` | the lock: what was applied |
    | `lease.json` | who may apply now, and since which sign of life |
    | `journal.ndjson` | what an apply that has not ended meant to do |

    Only `spaceform` writes here, and nothing is merged from here or to here. `git log --first-parent` shows one line for each apply.

    """
}

extension Snapshot {
  fileprivate subscript(path: String, folder: BranchFolder) -> [UInt8]? {
    get { path == folder.lock ? lock : path == folder.journal ? journal : lease }
    set {
      if path == folder.lock { lock = newValue }
      if path == folder.journal { journal = newValue }
      if path == folder.lease { lease = newValue }
    }
  }
}
