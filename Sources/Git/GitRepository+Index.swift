import CLibGit2
import Diagnostics
import Files

extension GitRepository {
  /// Everything in the index, sorted by path; a path in conflict appears once, marked.
  func indexEntries() throws(Failure) -> [GitEntry] {
    guard let path = try indexPath() else { return [] }
    if let entries = withIndex(path, { _, index in GitRepository.entries(of: index) }) { return entries }
    return try listIndex()
  }

  /// The file that the index is in; nil before the first `git add`.
  func indexPath() throws(Failure) -> String? {
    let path = indexFile ?? gitDirectory + "/index"
    guard let real = Posix.realPath(path), let kind = Posix.status(real)?.kind else { return nil }
    guard kind == .file else {
      throw Failure(
        doing: "reading the git index", problem: "\(path) is no file",
        help: "Move it away, then run `git reset` to make the index anew.")
    }
    return path
  }

  /// What libgit2 finds in an index file, given the repository and the index; nil when it cannot read it, as with a sparse or a split
  /// index.
  func withIndex<Result>(_ path: String, _ body: (OpaquePointer, OpaquePointer) -> Result?) -> Result? {
    // A repository of a format that libgit2 does not know has ids of another length, so its index must not be read either.
    withHandle { handle -> Result? in
      var opened: OpaquePointer?
      guard git_index_open(&opened, path) == 0, let index = opened else { return nil }
      defer { git_index_free(index) }
      return body(handle, index)
    }.flatMap(\.self)
  }

  static func entries(of index: OpaquePointer) -> [GitEntry]? {
    var entries: [GitEntry] = []
    let count = git_index_entrycount(index)
    entries.reserveCapacity(count)
    for number in 0..<count {
      guard let pointer = git_index_get_byindex(index, number), let path = pointer.pointee.path else { return nil }
      guard let kind = GitEntry.Kind(mode: pointer.pointee.mode) else { continue }
      let name = PathText(cString: path)
      let announced = UInt32(pointer.pointee.flags_extended) & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0
      entries.addOncePerPath(
        GitEntry(
          path: name.text, kind: kind, id: withUnsafePointer(to: pointer.pointee.id) { LibGit2.text($0) },
          isConflicted: git_index_entry_stage(pointer) != 0, isIntentToAdd: announced, isMisnamed: !name.isExact))
    }
    return entries
  }

  /// Whether the index has folders that are not checked out as one entry each (`sdir`, gitformat-index(5)). Made to write them out, git
  /// stores their trees anew, and reading must not write.
  func hasSparseIndex() throws(Failure) -> Bool {
    guard let path = try indexPath(), case .success(let bytes) = Posix.bytes(path) else { return false }
    return bytes.withUnsafeBytes { buffer in
      // Few bytes are a `d`, and fewer stand so.
      buffer.indices.dropLast(3).contains { index in
        buffer[index + 1] == UInt8(ascii: "d") && buffer[index] == UInt8(ascii: "s") && buffer[index + 2] == UInt8(ascii: "i")
          && buffer[index + 3] == UInt8(ascii: "r")
      }
    }
  }

  /// By the git program, which reads every format it can write.
  private func listIndex() throws(Failure) -> [GitEntry] {
    let doing = "reading the git index"
    let isSparse = try hasSparseIndex()
    // The stage list shows an intent to add as an empty file; this is how git tells the two apart. Of the two commands only the one that
    // looks into the files can live with a sparse index.
    let command = isSparse ? ["diff", "--no-ext-diff"] : ["diff-files"]
    let announced = Set(
      try program.fields(command + ["-z", "--name-only", "--diff-filter=A", "--ita-invisible-in-index"], doing: doing))
    let options = ["--stage", "-z", "--full-name"] + (isSparse ? ["--sparse"] : [])
    var entries: [GitEntry] = []
    for field in try program.rawFields(["ls-files"] + options, doing: doing) {
      guard let line = GitRepository.entry(field) else { continue }
      guard var staged = line.entry else {
        if field.last == UInt8(ascii: "/") { entries += try leftOut(String(line.words[1]), as: field) }
        continue
      }
      staged.isConflicted = line.words.last != "0"
      staged.isIntentToAdd = announced.contains(staged.path)
      entries.addOncePerPath(staged)
    }
    return entries
  }

  /// The files of a folder that the index has as one entry.
  /// - Parameter line: of `ls-files --stage`; the path ends in a slash.
  private func leftOut(_ tree: String, as line: ArraySlice<UInt8>) throws(Failure) -> [GitEntry] {
    let folder = PathText(line.drop { $0 != UInt8(ascii: "\t") }.dropFirst())
    return try treeEntries(commit: tree, under: ".").map { entry in
      var entry = entry
      entry.path = folder.text + entry.path
      entry.isMisnamed = entry.isMisnamed || !folder.isExact
      return entry
    }
  }

  /// One `mode … id …<tab>path` line of `ls-files --stage` or `ls-tree`. The entry is nil for what is no file.
  static func entry(_ line: ArraySlice<UInt8>) -> (entry: GitEntry?, words: [Substring])? {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    guard words.count == 3, let mode = UInt32(words[0], radix: 8) else { return nil }
    // ls-files: mode id stage; ls-tree: mode type id.
    let id = words[1].utf8.count >= 40 ? words[1] : words[2]
    let kind = GitEntry.Kind(mode: mode)
    let name = PathText(line[(tab + 1)...])
    return (kind.map { GitEntry(path: name.text, kind: $0, id: String(id), isMisnamed: !name.isExact) }, words)
  }
}

extension [GitEntry] {
  /// Adds what comes next in an index; of the stages of a conflict, the first.
  fileprivate mutating func addOncePerPath(_ entry: GitEntry) {
    if entry.isConflicted, let last, last.path.utf8.elementsEqual(entry.path.utf8) { return }
    append(entry)
  }
}
