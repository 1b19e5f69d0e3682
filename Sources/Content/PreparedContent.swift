import Cryptography
import Diagnostics
import Files
import HubAPI
import SpaceModel

/// A Space's content: what it is, and where its bytes are. Holds no file in memory but the README.
public struct PreparedContent: Sendable {
  public let manifest: ContentManifest
  let origins: [String: Origin]
  let tree: any SourceTree

  public static let readmePath = "README.md"

  /// What to upload for a path of the manifest: a file to stream where there is one, else the bytes.
  ///
  /// Fails when the file is not what was hashed any more (exit 5), or cannot be read.
  public func byteSource(of path: String) throws(Failure) -> ByteSource {
    if let readme = readme(at: path) { return .bytes(Array(readme.text.utf8)) }
    let origin = try origin(of: path)
    guard let disk = origin.diskPath(in: tree) else { return .bytes(try bytes(of: path)) }
    // The bytes are checked by whoever receives them, against the SHA-256; a wrong size would break the upload itself.
    guard Posix.status(disk)?.size == origin.size else { throw PreparedContent.changed(path) }
    return .file(path: disk)
  }

  /// The bytes of a path of the manifest, checked against its id. Fails as `byteSource`.
  public func bytes(of path: String) throws(Failure) -> [UInt8] {
    if let readme = readme(at: path) { return Array(readme.text.utf8) }
    let origin = try origin(of: path)
    let bytes = try origin.bytes(in: tree, path: path)
    guard Digest.gitBlobID(bytes) == origin.id.git else { throw PreparedContent.changed(path) }
    return bytes
  }

  /// The first bytes of a path of the manifest: what the Hub decides by how a file is stored.
  public func sample(of path: String, count: Int = 512) throws(Failure) -> [UInt8] {
    if let readme = readme(at: path) { return Array(readme.text.utf8.prefix(count)) }
    let origin = try origin(of: path)
    // Read again rather than kept: thousands of Spaces would keep megabytes that only those to be written need.
    guard let disk = origin.diskPath(in: tree) else { return Array(try bytes(of: path).prefix(count)) }
    return try PreparedContent.read(disk, as: path, limit: count)
  }

  private func readme(at path: String) -> Readme? { path == PreparedContent.readmePath ? manifest.readme : nil }

  private func origin(of path: String) throws(Failure) -> Origin {
    guard let origin = origins[path] else {
      throw Failure(
        doing: "reading \(path)", problem: "the Space's content has no such file",
        help: "This is a fault of spaceform: report it, and run the command again.")
    }
    return origin
  }

  private static func read(_ disk: String, as path: String, limit: Int = .max) throws(Failure) -> [UInt8] {
    switch Posix.bytes(disk, limit: limit) {
    case .success(let bytes): return bytes
    case .failure(let problem):
      throw Failure(
        doing: "reading \(path)", problem: problem.description,
        help: "Check that you may read it (`ls -l`), then run the command again.")
    }
  }

  private static func changed(_ path: String) -> Failure {
    Failure(
      doing: "reading \(path)", problem: "the file has changed since it was compared with the Space",
      help: "Run the command again.", status: .stale)
  }
}

extension PreparedContent {
  /// Where one file's bytes are, and what they were.
  struct Origin: Sendable {
    enum Place: Sendable {
      /// Relative to the project folder.
      case tree(String)
      /// An absolute path: an object of the git-lfs store.
      case disk(String)
    }

    var place: Place
    var id: ContentID
    var size: Int

    init(place: Place, digest: FileDigest) {
      self.place = place
      id = ContentID(git: digest.git, sha256: digest.sha256)
      size = digest.size
    }

    func diskPath(in tree: any SourceTree) -> String? {
      switch place {
      case .tree(let path): tree.diskPath(path)
      case .disk(let path): path
      }
    }

    func bytes(in tree: any SourceTree, path: String) throws(Failure) -> [UInt8] {
      switch place {
      case .tree(let source):
        guard let bytes = try tree.read(source) else { throw PreparedContent.changed(path) }
        return bytes
      case .disk(let disk):
        return try PreparedContent.read(disk, as: path)
      }
    }
  }
}
