import Content
import Cryptography
import Diagnostics
import Files
import HubAPI
import Parallel
import Reconciler
import SpaceModel

/// A Space's files at one commit, to be brought into a folder of the project.
struct ContentDownload: Sendable {
  let address: SpaceID
  let commit: String
  /// Relative to the project folder.
  let folder: String
  /// What the folder gets.
  let files: [TreeFile]
  /// What stays on the Hub only, because Spaceform never publishes it.
  let leftOut: [String]

  /// Reads the tree of the Space's head; no file yet.
  static func plan(_ info: SpaceInfo, into folder: String, _ hub: any HubAPI) async throws(Failure) -> ContentDownload {
    let doing = "reading the files of \(info.address)"
    guard let commit = info.sha else { throw Failure(doing: doing, problem: "the Hub names no commit of it") }
    let tree: [TreeFile]
    do throws(HubError) { tree = try await hub.tree(of: info.address, revision: commit) } catch {
      throw error.failure(doing: doing)
    }
    // The Hub writes its own .gitattributes, and never loses it to a commit of ours; here it would change how git stores files.
    let isOurs = { (file: TreeFile) in !PublishedFiles.isNeverPublished(file.path) && file.path != ".gitattributes" }
    return ContentDownload(
      address: info.address, commit: commit, folder: folder, files: tree.filter(isOurs),
      leftOut: tree.filter { PublishedFiles.isNeverPublished($0.path) }.map(\.path))
  }

  /// The files that are not here yet, or not as they are on the Space.
  /// - Throws: when a file is here with other bytes and may not be overwritten.
  func missing(in target: NewFile, mayOverwrite: Bool) throws(Failure) -> [TreeFile] {
    var missing: [TreeFile] = []
    var different: [String] = []
    for file in files {
      guard try ProjectPath.normalised(file.path) == file.path else {
        throw Failure(
          doing: "bringing \(address) to \(folder)", problem: "the Space has a file whose path leads elsewhere: \(file.path)",
          help: "Rename it on the Space")
      }
      let path = try target.checked(local(file.path))
      let disk = target.folder + "/" + path
      switch Posix.status(disk)?.kind {
      case nil: missing.append(file)
      case .file?:
        let digest = try Digest.scan(disk, head: 0)
        guard !file.holds(ContentID(git: digest.git, sha256: digest.sha256)) else { continue }
        missing.append(file)
        different.append(path)
      default:
        throw Failure(
          doing: "bringing \(address) to \(folder)", problem: "\(path) is here already, and is not a file",
          help: "Move it away, then run the command again")
      }
    }
    guard different.isEmpty || mayOverwrite else {
      let shown = different.prefix(5).joined(separator: ", ") + (different.count > 5 ? " and \(different.count - 5) more" : "")
      throw Failure(
        doing: "bringing the files of \(address) to \(folder)",
        problem:
          "\(different.count == 1 ? "a file here differs" : "\(different.count) files here differ") from the Space's: \(shown)",
        help: "Commit or move them away, then `--force` writes the Space's files over them")
    }
    return missing
  }

  /// Fetches files and puts them in place, each only when its bytes are the ones the tree names.
  func fetch(_ wanted: [TreeFile], into target: NewFile, _ hub: any HubAPI) async throws(Failure) {
    _ = try await sideBySide(wanted.count, width: 8) { number throws(Failure) in
      try await fetch(wanted[number], into: target, hub)
    }
  }

  /// What an empty file is named by.
  private static let nothing: ContentID = {
    let ids = Digest.ids(of: [])
    return ContentID(git: ids.git, sha256: ids.sha256)
  }()

  private func fetch(_ file: TreeFile, into target: NewFile, _ hub: any HubAPI) async throws(Failure) {
    let doing = "fetching \(file.path) of \(address)"
    let partial = try target.begin(local(file.path))
    do throws(HubError) {
      // Nobody needs to be asked for the bytes of an empty file.
      if !file.holds(Self.nothing) {
        try await hub.download(file.path, of: address, revision: commit, to: FileSink(partial))
      }
    } catch {
      throw partial.failure ?? error.failure(doing: doing)
    }
    let digest = try Digest.scan(partial.temporaryPath, as: file.path, head: 0)
    guard file.holds(ContentID(git: digest.git, sha256: digest.sha256)) else {
      throw Failure(
        doing: doing, problem: "the bytes that came are not those the Space's tree names",
        help: "Run the command again; a proxy that changes files does this too")
    }
    try partial.finish()
  }

  /// What the lock records: the digest of the definition's content when the Space holds exactly that, otherwise the digest of what
  /// it holds, so that the next plan shows the difference.
  func recordedDigest(_ manifest: ContentManifest, in target: NewFile) throws(Failure) -> (digest: String, differing: [String])
  {
    var live = ObservedContent(files: files)
    var readme: Readme?
    var contents: [ContentFile] = []
    for file in files {
      let disk = target.folder + "/" + local(file.path)
      if file.path == PreparedContent.readmePath {
        let text = String(decoding: try AtomicFile.read(disk) ?? [], as: UTF8.self)
        readme = ReadmeParser.parse(text) ?? Readme(frontMatter: [:], body: text, text: text)
        continue
      }
      let digest = try Digest.scan(disk, head: 0)
      contents.append(
        ContentFile(path: file.path, size: digest.size, id: ContentID(git: digest.git, sha256: digest.sha256)))
    }
    live.readme = readme
    let difference = ContentDifference(manifest: manifest, live: live, prunes: true)
    guard !difference.files.isEmpty || !leftOut.isEmpty else { return (manifest.digest, []) }
    let digest = difference.files.isEmpty ? manifest.digest : ContentDigest.of(files: contents, readme: readme)
    return (digest, difference.files.map(\.path))
  }

  private func local(_ path: String) -> String { folder == "." ? path : folder + "/" + path }
}

/// Lets a download append to a file.
private struct FileSink: ByteSink {
  private let file: PartialFile

  init(_ file: PartialFile) { self.file = file }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool { file.append(bytes) }
  func restart() -> Bool { file.clear() }
}
