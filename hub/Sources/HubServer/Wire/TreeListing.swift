import Cryptography
import HubSimulator
import SpaceModel

/// A commit's files and folders as the tree call lists them (facts hub-api section 4.1).
struct TreeListing {
  enum Entry {
    case file(String, Repository.File)
    case folder(String, id: String)
    var path: String {
      switch self {
      case .file(let path, _), .folder(let path, _): path
      }
    }
  }

  private let commit: Repository.Commit
  private let folders: [String: String]

  /// Whether large files have an `xetHash`. It stands for the one that the Hub's own storage makes of the bytes.
  private let namesXetHashes: Bool

  init(_ commit: Repository.Commit, _ assumptions: Assumptions) {
    self.commit = commit
    namesXetHashes = assumptions["xet-hash"] == "yes"
    folders = commit.folderIDs
  }

  /// Nil when there is no such folder; the root is the empty path.
  func entries(under folder: String, recursive: Bool) -> [Entry]? {
    guard folder.isEmpty || folders[folder] != nil else { return nil }
    let prefix = folder.isEmpty ? "" : folder + "/"
    func isInside(_ path: String) -> Bool {
      path.hasPrefix(prefix) && (recursive || !path.dropFirst(prefix.count).contains("/"))
    }
    let files = commit.files.filter { isInside($0.key) }.map { Entry.file($0.key, $0.value) }
    let inner = folders.filter { isInside($0.key) }.map { Entry.folder($0.key, id: $0.value) }
    return (files + inner).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  func entry(at path: String) -> Entry? {
    commit.files[path].map { .file(path, $0) } ?? folders[path].map { .folder(path, id: $0) }
  }

  /// - Parameter commits: given, the last commit of each file is named.
  func json(_ entry: Entry, expandedBy commits: [String: Repository.Commit]?) -> JSONValue {
    var members: [String: JSONValue] = ["path": .string(entry.path)]
    switch entry {
    case .file(_, let file):
      members["type"] = "file"
      members["oid"] = .string(file.git)
      members["size"] = .int(file.size)
      if let lfs = file.lfs { members["lfs"] = SpaceJSON.lfsObject(lfs, file.size, idKey: "oid") }
      if namesXetHashes, let lfs = file.lfs { members["xetHash"] = .string(Digest.sha256Hex(Array("xet \(lfs)".utf8))) }
      if let last = commits?[file.changed] { members["lastCommit"] = brief(last) }
      if commits != nil { members["securityFileStatus"] = .null }
    case .folder(let path, let id):
      members["type"] = "directory"
      members["oid"] = .string(id)
      members["size"] = 0
      if let commits {
        let inside = commit.files.filter { $0.key.hasPrefix(path + "/") }.compactMap { commits[$0.value.changed] }
        if let last = inside.max(by: { $0.date < $1.date }) { members["lastCommit"] = brief(last) }
      }
    }
    return .object(members)
  }

  private func brief(_ commit: Repository.Commit) -> JSONValue {
    ["id": .string(commit.id), "title": .string(commit.title), "date": .string(commit.date.description)]
  }
}
