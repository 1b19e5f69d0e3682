import Diagnostics
import Files
import Locking

/// What is known of the source folders, each looked into once however many Spaces share it.
final class SourceFolders: Sendable {
  private let tree: any SourceTree
  private let found = Locked<[String: Found]>([:])

  private struct Found {
    var folder: SourceFolder
    /// The README's bytes, for snippets.
    var readme: [UInt8]?
  }

  init(_ tree: any SourceTree) { self.tree = tree }

  /// - Parameter path: below the project folder, in its normal form.
  func folder(_ path: String) -> SourceFolder {
    if let known = found.withLock({ $0[path]?.folder }) { return known }
    // Not under the lock: two threads may look into one folder at once, and see the same.
    let new = look(into: path)
    found.withLock { $0[path] = new }
    return new.folder
  }

  /// Everything looked into so far, by path.
  var all: [String: SourceFolder] { found.withLock { $0.mapValues(\.folder) } }

  /// The bytes of every README read so far, by its own path.
  var readmes: [String: [UInt8]] {
    var readmes: [String: [UInt8]] = [:]
    for known in found.withLock({ Array($0.values) }) {
      if let file = known.folder.readme?.file, let bytes = known.readme { readmes[file] = bytes }
    }
    return readmes
  }

  private func look(into folder: String) -> Found {
    var path = folder
    do throws(Failure) {
      let files = try tree.files(under: folder)
      path = try ProjectPath.normalised(folder + "/README.md")
      // What is on disk and not listed, as in a submodule, no Space gets.
      guard !files.isEmpty else { return Found(folder: .missing) }
      guard files.contains(where: { $0.path == path }), let bytes = try tree.read(path) else {
        return Found(folder: .present(nil))
      }
      return Found(folder: .present(SourceReadme(bytes, file: path)), readme: bytes)
    } catch {
      return Found(folder: .refused(path: path, error))
    }
  }
}
