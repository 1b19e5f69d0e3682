import HubAPI
import SpaceModel

/// A large object as a Space's settings list it (huggingface_hub 2.4.0, `LFSFileInfo`).
public struct LargeObject: Hashable, Sendable {
  public var sha256: String
  /// Bytes.
  public var size: Int
  /// A path it has or had.
  public var path: String
  public var pushed: Timestamp
  /// A branch that has the commit that brought it; nil when none has it any more.
  public var reference: String?
}

extension World {
  /// Large objects that any commit of a Space points to, the latest first, also those that only its past knows.
  public func largeObjects(of id: SpaceID, for caller: Caller) throws(Refusal) -> [LargeObject] {
    guard let space = spaces[try locate(id, for: caller, .content)] else { throw .repositoryNotFound(caller) }
    let found = space.repository.largeObjects.filter { space.deletedObjects?.contains($0.sha256) != true }
    return found.sorted { ($1.pushed, $0.path) < ($0.pushed, $1.path) }
  }

  /// Takes large objects out of a Space for good (huggingface_hub 2.4.0, `permanently_delete_lfs_files`). With `rewritesHistory` no
  /// commit points to them afterwards; without, their files cannot be read any more.
  ///
  /// - Returns: The objects that no Space has any more.
  public mutating func delete(
    largeObjects doomed: Set<String>, rewritesHistory: Bool, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) -> Set<String> {
    let hubID = try locate(id, for: caller, .settings)
    let known = Set(try largeObjects(of: id, for: caller).map(\.sha256))
    if let unknown = doomed.subtracting(known).min() {
      throw Refusal(404, .notFound(.other), "\(id) has no large file \(unknown)")
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      guard rewritesHistory else {
        space.deletedObjects = (space.deletedObjects ?? []).union(doomed)
        return
      }
      let before = space.files.mapValues(\.git)
      space.repository.forget(doomed)
      if space.files.mapValues(\.git) != before {
        space.lastModified = now
        space.begin(.change, at: now, assumptions: assumptions)
      }
    }
    var gone = doomed
    for space in spaces.values where !gone.isEmpty {
      for commit in space.repository.commits.values {
        for file in commit.files.values {
          if let sha256 = file.lfs, gone.contains(sha256), !space.lacks(largeObject: sha256) { gone.remove(sha256) }
        }
      }
    }
    for sha256 in gone { largeObjects[sha256] = nil }
    return gone
  }

  /// Makes large objects of one Space available to another without sending them again; the answer names those that the source does
  /// not have (facts hub-api section 4.4). Objects are stored once for all Spaces, so there is nothing to copy.
  public func duplicate(
    largeObjects wanted: [String], of source: SpaceID, to target: SpaceID, by caller: Caller
  ) throws(Refusal) -> (succeeded: [String], failed: [String]) {
    guard let space = spaces[try locate(source, for: caller, .files)] else { throw .repositoryNotFound(caller) }
    _ = try locate(target, for: caller, .content)
    let known = Set(space.repository.largeObjects.map(\.sha256)).subtracting(space.deletedObjects ?? [])
    return (wanted.filter(known.contains), wanted.filter { !known.contains($0) })
  }
}

extension Space {
  /// Whether a large object is this Space's no longer.
  public func lacks(largeObject sha256: String) -> Bool { deletedObjects?.contains(sha256) ?? false }
}

extension Repository {
  /// Each large object once, as the first commit brought it.
  var largeObjects: [LargeObject] {
    var reached: [String: String] = [:]
    // Of several branches that have a commit, `main` is named, else the first by name.
    for branch in branches.keys.sorted(by: { ($0 == "main" ? "" : $0) < ($1 == "main" ? "" : $1) }) {
      for commit in branches[branch].map({ history(from: $0) }) ?? [] where reached[commit.id] == nil {
        reached[commit.id] = "refs/heads/\(branch)"
      }
    }
    var found: [String: LargeObject] = [:]
    for commit in commits.values.sorted(by: { ($0.date, $0.id) < ($1.date, $1.id) }) {
      for (path, file) in commit.files.sorted(by: { $0.key < $1.key }) {
        guard let sha256 = file.lfs, found[sha256]?.reference == nil else { continue }
        let first = found[sha256]
        found[sha256] = LargeObject(
          sha256: sha256, size: file.size, path: first?.path ?? path, pushed: first?.pushed ?? commit.date,
          reference: reached[commit.id])
      }
    }
    return Array(found.values)
  }

  /// Makes every commit anew that points to one of these large objects, or comes after one that does. Commits that no branch or tag
  /// has are dropped when they point to one.
  mutating func forget(_ doomed: Set<String>) {
    func isDoomed(_ file: File) -> Bool { file.lfs.map(doomed.contains) ?? false }
    var anew: [String: String] = [:]
    for head in Array(branches.values) + Array(tags.values) {
      for commit in history(from: head).reversed() where anew[commit.id] == nil {
        let parent = commit.parent.map { anew[$0] ?? $0 }
        guard parent != commit.parent || commit.files.values.contains(where: isDoomed) else { continue }
        let files = commit.files.filter { !isDoomed($0.value) }.mapValues { file in
          var file = file
          file.changed = file.changed == commit.id ? "" : anew[file.changed] ?? file.changed
          return file
        }
        anew[commit.id] = add(
          parent: parent, title: commit.title, message: commit.message, files: files, author: commit.author, at: commit.date)
      }
    }
    branches = branches.mapValues { anew[$0] ?? $0 }
    tags = tags.mapValues { anew[$0] ?? $0 }
    commits = commits.filter { anew[$0.key] == nil && !$0.value.files.values.contains(where: isDoomed) }
  }
}
