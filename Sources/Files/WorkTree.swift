import Diagnostics

/// A project folder outside git: all its files, as they are on disk.
///
/// The listing is taken once, when the value is made; bytes are read when asked for. Folders behind symbolic links are not entered:
/// the link itself is listed.
public struct WorkTree: SourceTree {
  public let folder: ProjectFolder
  private let listing: FileListing

  public init(_ path: String) throws(Failure) {
    folder = try ProjectFolder(path)
    listing = FileListing(try WorkTree.list(folder.path))
  }

  public func read(_ path: String) throws(Failure) -> [UInt8]? {
    try listing.checkObstacle(try ProjectPath.normalised(path))
    return try folder.read(path)
  }

  public func files(under folder: String) throws(Failure) -> [SourceFile] {
    listing.files(under: try ProjectPath.normalised(folder))
  }

  public func size(_ path: String) throws(Failure) -> Int? { try folder.size(path) }

  public func diskPath(_ path: String) -> String? { listing.file(at: path)?.obstacle == nil ? folder.diskPath(path) : nil }

  public func resolved(_ path: String) throws(Failure) -> String? {
    try folder.resolvedFile(path)
  }

  private static func list(_ root: String) throws(Failure) -> [SourceFile] {
    var files: [SourceFile] = []
    var folders = [""]
    while let folder = folders.popLast() {
      let entries: [Posix.Entry]
      switch Posix.entries(root + "/" + folder) {
      case .success(let found): entries = found
      case .failure(let problem):
        // A folder left out silently would be files deleted on a Space.
        throw Failure(
          doing: "listing \(folder.isEmpty ? root : folder)", problem: problem.description,
          help: "Check that you may read the folder.")
      }
      for entry in entries where entry.name.text.lowercased() != ".git" {
        let path = folder.isEmpty ? entry.name.text : folder + "/" + entry.name.text
        guard entry.name.isExact else {
          // A folder too: what is in it can be found by no path.
          files.append(SourceFile(path: path, obstacle: .name))
          continue
        }
        if entry.kind == .folder {
          folders.append(path)
          continue
        }
        guard let status = Posix.status(root + "/" + path) else { continue }
        switch status.kind {
        case .folder: folders.append(path)
        case .file: files.append(SourceFile(path: path, isExecutable: status.isExecutable, size: status.size))
        case .symbolicLink: files.append(SourceFile(path: path, isSymbolicLink: true))
        case .other: files.append(SourceFile(path: path, obstacle: .irregular))
        }
      }
    }
    return files
  }
}
