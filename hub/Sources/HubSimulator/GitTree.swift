import Cryptography

/// The git tree objects of a file list: their ids are what the Hub shows as a folder's `oid`.
struct GitTree {
  let root: String
  /// Folder path to tree id, the root left out.
  let folders: [String: String]

  /// - Parameter files: path to blob id.
  init(files: [String: String]) {
    var children: [String: [(name: String, sortKey: String, mode: String, id: String)]] = ["": []]
    for (path, id) in files {
      let (folder, name) = GitTree.split(path)
      children[folder, default: []].append((name, name, "100644", id))
      var ancestor = folder
      while !ancestor.isEmpty, children[GitTree.split(ancestor).folder] == nil {
        ancestor = GitTree.split(ancestor).folder
        children[ancestor] = []
      }
    }
    var ids: [String: String] = [:]
    // Deepest folders first, so that every folder's id is known before its parent needs it.
    let order = children.keys.sorted {
      GitTree.depth($0) == GitTree.depth($1) ? $0 < $1 : GitTree.depth($0) > GitTree.depth($1)
    }
    for folder in order {
      let entries = (children[folder] ?? []).sorted { $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8) }
      var body: [UInt8] = []
      for entry in entries {
        body += "\(entry.mode) \(entry.name)".utf8
        body.append(0)
        body += GitTree.bytes(hex: entry.id)
      }
      let id = Digest.sha1Hex(Array("tree \(body.count)".utf8) + [0] + body)
      ids[folder] = id
      if !folder.isEmpty {
        let (parent, name) = GitTree.split(folder)
        // Git sorts a folder as if its name ended in a slash.
        children[parent, default: []].append((name, name + "/", "40000", id))
      }
    }
    root = ids[""] ?? ""
    ids[""] = nil
    folders = ids
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private static func depth(_ folder: String) -> Int {
    folder.isEmpty ? 0 : folder.utf8.count { $0 == UInt8(ascii: "/") } + 1
  }

  private static func bytes(hex: String) -> [UInt8] {
    let digits = Array(hex.utf8)
    func value(_ digit: UInt8) -> UInt8 { digit < 58 ? digit &- 48 : digit &- 87 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
  }
}
