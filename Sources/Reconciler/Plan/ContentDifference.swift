import Cryptography
import HubAPI
import SpaceModel
import State

/// Compares the files a Space should have with those it has.
public struct ContentDifference: Sendable, Hashable {
  public var files: [FileChange]

  /// - Parameters:
  ///   - manifest: the files that are wanted.
  ///   - live: nil for a Space that is not yet born: everything is new.
  ///   - prunes: whether files that are on the Space only are deleted; `.gitattributes` never is.
  public init(manifest: ContentManifest, live: ObservedContent?, prunes: Bool) {
    let there = Dictionary((live?.files ?? []).map { ($0.path, $0) }) { first, _ in first }
    var changes: [FileChange] = []
    if let readme = manifest.readme {
      let old = there["README.md"]
      if live?.readme.map({ !Self.satisfies($0, readme, managesFiles: manifest.managesFiles) }) ?? true {
        changes.append(
          FileChange(
            path: "README.md", operation: old == nil ? .add : .update, old: old?.git,
            new: Digest.gitBlobID(Array(readme.text.utf8)), size: readme.text.utf8.count))
      }
    }
    for file in manifest.files {
      let old = there[file.path]
      if let old, old.holds(file.id) { continue }
      if file.path == ".gitattributes", Self.attributesAreEqual(ours: manifest.attributes, live: live?.attributes) {
        continue
      }
      changes.append(
        FileChange(
          path: file.path, operation: old == nil ? .add : .update, old: old.map { $0.lfsSHA256 ?? $0.git },
          new: file.id.git, size: file.size))
    }
    if prunes, manifest.managesFiles {
      let ours = Set(manifest.files.map(\.path))
      for old in there.values
      where !ours.contains(old.path) && old.path != ".gitattributes"
        && !(old.path == "README.md" && manifest.readme != nil)
      {
        changes.append(
          FileChange(path: old.path, operation: .delete, old: old.lfsSHA256 ?? old.git, new: nil, size: old.size))
      }
    }
    files = changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Whether the live README is what is wanted: all of it, or the card's members only where the files are not managed.
  private static func satisfies(_ live: Readme, _ wanted: Readme, managesFiles: Bool) -> Bool {
    if managesFiles { return live.means(wanted) }
    return wanted.frontMatter.allSatisfy { live.frontMatter[$0.key] == $0.value }
  }

  /// Whether every line of our `.gitattributes` is on the Space already.
  private static func attributesAreEqual(ours: String?, live: [String]?) -> Bool {
    guard let ours, let live else { return false }
    let theirs = Set(live.map { $0.filter { !$0.isWhitespace } })
    return ours.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
      .allSatisfy { $0.isEmpty || theirs.contains($0) }
  }
}
