import Diagnostics
import Files

/// Files whose bytes are git objects: what the index and a commit's tree have in common.
struct GitObjectTree: Sendable {
  private let repository: GitRepository
  private let listing: FileListing
  private let entries: SortedByPath<GitEntry>
  private let hasLinks: Bool
  /// What failures call it: `the index`, `commit 3b1f…`.
  private let name: String

  /// - Parameter entries: with paths relative to the project folder.
  init(_ repository: GitRepository, name: String, entries: [GitEntry]) {
    let files = entries.filter { $0.kind != .submodule && !$0.isIntentToAdd && !ProjectPath.isInsideGit($0.path) }
    self.repository = repository
    self.name = name
    self.entries = SortedByPath(files, by: \.path)
    listing = FileListing(self.entries.elements.map(\.sourceFile))
    hasLinks = files.contains { $0.kind == .symbolicLink }
  }

  func files(under folder: String) throws(Failure) -> [SourceFile] {
    listing.files(under: try ProjectPath.normalised(folder))
  }

  func read(_ path: String) throws(Failure) -> [UInt8]? {
    guard let resolved = try resolved(path), let entry = entries.element(at: resolved) else { return nil }
    return try bytes(of: entry)
  }

  func size(_ path: String) throws(Failure) -> Int? {
    guard let resolved = try resolved(path), let entry = entries.element(at: resolved) else { return nil }
    if let obstacle = entry.sourceFile.obstacle { throw obstacle.failure(reading: entry.path) }
    if let size = repository.blobSize(entry.id) { return size }
    return try bytes(of: entry).count
  }

  func resolved(_ path: String) throws(Failure) -> String? {
    var current = try ProjectPath.normalised(path)
    // As many links as the kernel follows.
    for _ in 0..<40 {
      if let entry = entries.element(at: current), entry.kind != .symbolicLink { return current }
      guard hasLinks, let link = firstLink(in: current) else { return nil }
      let target = String(decoding: try bytes(of: link.entry), as: UTF8.self)
      guard let next = ProjectPath.joined(ProjectPath.folder(of: link.entry.path), target + link.rest) else {
        throw Failure(
          doing: "reading \(path)",
          problem: "the symbolic link \(link.entry.path) leads out of the project folder, to \(target)",
          help: "Put the file itself into the project, or remove the link.")
      }
      current = next
    }
    throw Failure(doing: "reading \(path)", problem: "its symbolic links lead in a circle", help: "Remove one of the links.")
  }

  private func bytes(of entry: GitEntry) throws(Failure) -> [UInt8] {
    if let obstacle = entry.sourceFile.obstacle { throw obstacle.failure(reading: entry.path) }
    return try repository.blob(entry.id, of: "\(entry.path) of \(name)")
  }

  /// The first part of a path that is a link, and what follows it, with its slash.
  private func firstLink(in path: String) -> (entry: GitEntry, rest: String)? {
    var end = path.utf8.startIndex
    while end < path.utf8.endIndex {
      end = path.utf8[path.utf8.index(after: end)...].firstIndex(of: UInt8(ascii: "/")) ?? path.utf8.endIndex
      let part = String(decoding: path.utf8[..<end], as: UTF8.self)
      if let entry = entries.element(at: part), entry.kind == .symbolicLink {
        return (entry, String(decoding: path.utf8[end...], as: UTF8.self))
      }
    }
    return nil
  }
}
