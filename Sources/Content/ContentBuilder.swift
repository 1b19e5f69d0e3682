import Cryptography
import Diagnostics
import Files
import SpaceModel

/// Works out what a Space's repository should hold, from the project's files and the definition.
///
/// Holds nothing but the tree, so it may be used from many tasks at once.
public struct ContentBuilder: Sendable {
  let tree: any SourceTree

  public init(tree: any SourceTree) { self.tree = tree }

  /// The content of one Space; nil when the definition manages none.
  ///
  /// Fails when the source folder is missing or empty, when a file in it cannot be read, is a git-lfs pointer without its object or a
  /// link that leads to nothing publishable, and when the README's front matter is no YAML mapping.
  public func prepare(_ definition: SpaceDefinition) throws(Failure) -> PreparedContent? {
    guard let source = definition.source else { return definition.card.map { cardOnly($0, definition) } }
    let published = try PublishedFiles(source)
    let listed = try tree.files(under: published.folder).filter { $0.obstacle != .irregular }

    var files: [ContentFile] = []
    var origins: [String: PreparedContent.Origin] = [:]
    var readme: Readme?
    for file in listed {
      guard let path = published.pathOnSpace(file.path) else { continue }
      if let obstacle = file.obstacle { throw obstacle.failure(reading: file.path) }
      let origin = try origin(of: file, in: published)
      if path == PreparedContent.readmePath {
        readme = try ReadmeParser.read(try origin.bytes(in: tree, path: file.path), file: file.path)
        continue
      }
      files.append(ContentFile(path: path, size: origin.size, id: origin.id))
      guard origins.updateValue(origin, forKey: path) == nil else { throw twoSpellings(of: file.path) }
    }
    guard !files.isEmpty || readme != nil else { throw nothingToPublish(definition, source, listed.count) }

    let composed = ReadmeComposer.compose(
      source: readme, card: definition.card, sdk: definition.sdk, name: definition.id.name)
    let manifest = ContentManifest(
      files: files, readme: composed, digest: ContentDigest.of(files: files, readme: composed), managesFiles: true,
      attributes: try origins[".gitattributes"].map { origin throws(Failure) in
        String(decoding: try origin.bytes(in: tree, path: ".gitattributes"), as: UTF8.self)
      })
    return PreparedContent(manifest: manifest, origins: origins, tree: tree)
  }

  /// The README in a source folder; nil when it has none.
  public func readme(in source: ContentSource) throws(Failure) -> Readme? {
    let folder = try ProjectPath.normalised(source.path)
    let path = folder == "." ? PreparedContent.readmePath : folder + "/" + PreparedContent.readmePath
    guard let bytes = try tree.read(path) else { return nil }
    return try ReadmeParser.read(bytes, file: path)
  }

  private func cardOnly(_ card: [String: JSONValue], _ definition: SpaceDefinition) -> PreparedContent {
    let readme = ReadmeComposer.overlay(
      card: card, sdk: definition.sdk, on: Readme(frontMatter: [:], body: "", text: ""))
    let manifest = ContentManifest(
      files: [], readme: readme, digest: ContentDigest.of(files: [], readme: readme), managesFiles: false)
    return PreparedContent(manifest: manifest, origins: [:], tree: tree)
  }

  /// Two names that differ in bytes only, `é` as one character and as two: on the Hub, and on many disks, they would be one file.
  private func twoSpellings(of path: String) -> Failure {
    Failure(
      doing: "reading \(path)", problem: "there is another file whose name is the same text, spelt in other Unicode characters",
      help: "Rename one of the two; `ls -b` shows the difference.")
  }

  private func nothingToPublish(_ definition: SpaceDefinition, _ source: ContentSource, _ listed: Int) -> Failure {
    Failure(
      doing: "preparing the content of \(definition.id)",
      problem: listed == 0
        ? "there are no files in \(source.path)"
        : "all \(listed) files in \(source.path) are left out, by `ignore` or because no Space ever gets them",
      help: "Check `source` in \(definition.file); in git, ignored files do not count.")
  }

  /// Where the file's bytes come from, with their ids.
  private func origin(of file: SourceFile, in published: PublishedFiles) throws(Failure) -> PreparedContent.Origin {
    let path = file.isSymbolicLink ? try published.target(of: file.path, in: tree) : file.path
    let scanned: (digest: FileDigest, disk: String?)
    if let disk = tree.diskPath(path) {
      scanned = (try Digest.scan(disk, as: path, head: LargeFilePointer.limit), disk)
    } else {
      guard let bytes = try tree.read(path) else {
        throw Failure(
          doing: "reading \(path)", problem: "the file was listed and cannot be found",
          help: "Run the command again.")
      }
      scanned = (Digest.scan(bytes, head: LargeFilePointer.limit), nil)
    }
    guard scanned.digest.size < LargeFilePointer.limit, let pointer = LargeFilePointer(scanned.digest.head) else {
      return PreparedContent.Origin(place: .tree(path), digest: scanned.digest)
    }
    return try largeFile(pointer, at: path)
  }

  private func largeFile(_ pointer: LargeFilePointer, at path: String) throws(Failure) -> PreparedContent.Origin {
    let doing = "reading \(path)"
    guard let disk = (tree as? any LargeFileStore)?.largeFilePath(sha256: pointer.sha256) else {
      throw Failure(
        doing: doing, problem: "it is a git-lfs pointer, and the \(pointer.size) bytes it stands for are not here",
        help: "Fetch them with `git lfs pull --include=\"\(path)\"`.")
    }
    let digest = try Digest.scan(disk, head: 0)
    guard digest.sha256 == pointer.sha256, digest.size == pointer.size else {
      throw Failure(
        doing: doing,
        problem: "its object in the local git-lfs store is damaged: the bytes do not have the id they are stored under",
        help: "Run `git lfs fsck`, then `git lfs pull --include=\"\(path)\"`.")
    }
    return PreparedContent.Origin(place: .disk(disk), digest: digest)
  }
}
