import Cryptography
import SpaceModel

/// A Space's git repository, as far as the Hub's interface shows it: commits with their whole file list, branches, tags.
public struct Repository: Codable, Hashable, Sendable {
  public internal(set) var commits: [String: Commit] = [:]
  /// Branch name to commit id.
  public internal(set) var branches: [String: String] = [:]
  /// Tag name to commit id.
  public internal(set) var tags: [String: String] = [:]
  /// Tag name to the message it was made with; nil is none.
  var tagMessages: [String: String]?

  /// One commit. Ids are real git ids of the commit object described here.
  public struct Commit: Codable, Hashable, Sendable {
    public var id: String
    public var parent: String?
    public var title: String
    public var message: String
    public var date: Timestamp
    public var author: String
    public var files: [String: File]
  }

  /// One file of one commit.
  public struct File: Codable, Hashable, Sendable {
    /// Git blob id; of the pointer, for an LFS file.
    public var git: String
    /// Bytes of the real content.
    public var size: Int
    /// SHA-256 of the content of an LFS file.
    public var lfs: String?
    /// The commit that last changed the file.
    public var changed: String
    /// What the content asks the simulated build to do.
    public var marker: BuildMarker?
    /// What a build log says of a Dockerfile or a requirements file; nil for other files.
    var steps: [String]?
  }

  /// The messages of tags that have one.
  public var messages: [String: String] { tagMessages ?? [:] }

  public var head: String? { branches["main"] }

  /// The commit a branch, tag, full reference name or commit id stands for.
  public func commit(at revision: String) -> Commit? {
    let name =
      revision == "HEAD"
      ? "main"
      : revision.hasPrefix("refs/heads/")
        ? String(revision.dropFirst(11)) : revision.hasPrefix("refs/tags/") ? String(revision.dropFirst(10)) : revision
    if let id = branches[name] ?? tags[name] { return commits[id] }
    return commits[revision]
  }

  /// From a commit to the first one.
  public func history(from id: String) -> [Commit] {
    var result: [Commit] = []
    var next: String? = id
    while let current = next.flatMap({ commits[$0] }) {
      result.append(current)
      next = current.parent
    }
    return result
  }

  /// Adds a commit to a branch and gives its id. Files whose `changed` is empty are those this commit changes.
  mutating func add(
    to branch: String, title: String, message: String, files: [String: File], author: String, at now: Timestamp
  ) -> String {
    let id = add(
      parent: branches[branch], title: title, message: message, files: files, author: author, at: now)
    branches[branch] = id
    return id
  }

  /// Adds a commit that no branch has yet and gives its id.
  mutating func add(
    parent: String?, title: String, message: String, files: [String: File], author: String, at now: Timestamp
  ) -> String {
    let tree = GitTree(files: files.mapValues(\.git)).root
    let stamp = "\(author) <\(author)@users.noreply.local> \(now.milliseconds / 1000) +0000"
    let text =
      "tree \(tree)\n" + (parent.map { "parent \($0)\n" } ?? "") + "author \(stamp)\ncommitter \(stamp)\n\n\(title)\n"
      + (message.isEmpty ? "" : "\n\(message)\n")
    var id = Digest.sha1Hex(Array("commit \(text.utf8.count)\0\(text)".utf8))
    // The same change twice within a second has the same id in git; here every commit is another one.
    var salt = 0
    while commits[id] != nil {
      salt += 1
      id = Digest.sha1Hex(Array("\(id) \(salt)".utf8))
    }
    let stamped = files.mapValues { file in
      var file = file
      if file.changed.isEmpty { file.changed = id }
      return file
    }
    commits[id] = Commit(
      id: id, parent: parent, title: title, message: message, date: now, author: author, files: stamped)
    return id
  }
}

/// What a line `# spaceform-hub: …` in a Space's file asks of its build.
public enum BuildMarker: String, Codable, Hashable, Sendable {
  case buildError = "build-error"
  case runtimeError = "runtime-error"

  /// Looks for the marker in a file's bytes; only the first mebibyte is read.
  public static func find(in bytes: [UInt8]) -> BuildMarker? {
    let needle = Array("spaceform-hub: ".utf8)
    let text = bytes.prefix(1 << 20)
    var index = text.startIndex
    while let start = text[index...].firstIndex(of: needle[0]), start + needle.count < text.endIndex {
      if text[start..<start + needle.count].elementsEqual(needle) {
        let rest = text[(start + needle.count)...]
        if rest.starts(with: BuildMarker.buildError.rawValue.utf8) { return .buildError }
        if rest.starts(with: BuildMarker.runtimeError.rawValue.utf8) { return .runtimeError }
      }
      index = start + 1
    }
    return nil
  }
}

extension Repository.Commit {
  /// Git tree ids of every folder, by path.
  public var folderIDs: [String: String] { GitTree(files: files.mapValues(\.git)).folders }
}
