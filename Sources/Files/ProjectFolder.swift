import Diagnostics

/// A project's folder on disk, read so that nothing outside it is ever read: not by `..`, not by an absolute path, not through a
/// symbolic link, and nothing of git's own.
public struct ProjectFolder: Sendable {
  /// Absolute, links followed.
  public let path: String
  private let folder: Posix.Folder?

  /// Fails when there is no such folder.
  public init(_ path: String) throws(Failure) {
    guard let real = Posix.realPath(path), Posix.status(real)?.kind == .folder else {
      throw Failure(
        doing: "opening the project folder \(path)", problem: "there is no such folder",
        help: "Run the command in the folder of spaceform.yaml, or name it with -C.")
    }
    self.path = real
    folder = Posix.Folder(real)
  }

  /// The file's bytes; nil when there is none. Fails when the path leads out of the folder, or what is there is no file or cannot be
  /// read.
  public func read(_ path: String) throws(Failure) -> [UInt8]? {
    let path = try ProjectPath.normalised(path)
    // Nearly every file is where its path says. One call opens it and sees to that; anything else is looked at step by step.
    if let folder, !ProjectPath.isInsideGit(path), case .success(let bytes) = folder.bytes(path, atMost: ProjectFolder.longest)
    {
      return bytes
    }
    guard let real = try realPath(path) else { return nil }
    switch Posix.bytes(real, atMost: ProjectFolder.longest) {
    case .success(let bytes): return bytes
    case .failure(let problem) where problem.isMissing || problem.isFolder: return nil
    case .failure(let problem) where problem.isTooLong:
      throw Failure(
        doing: "reading \(path)", problem: "it is longer than \(ProjectFolder.longest) bytes",
        help: "Move what it holds out of it, or remove it.")
    case .failure(let problem) where problem.isIrregular: throw SourceFile.Obstacle.irregular.failure(reading: path)
    case .failure(let problem):
      throw Failure(
        doing: "reading \(path)", problem: problem.description, help: "Check that you may read it (`ls -l`).")
    }
  }

  /// The file's size in bytes; nil when there is no regular file.
  public func size(_ path: String) throws(Failure) -> Int? {
    guard let real = try realPath(path), let status = Posix.status(real), status.kind == .file else { return nil }
    return status.size
  }

  /// The path of the file that is read at this path, links followed, relative to the folder; nil when there is no regular file.
  public func resolvedFile(_ path: String) throws(Failure) -> String? {
    guard let real = try realPath(path), Posix.status(real)?.kind == .file else { return nil }
    return relative(real)
  }

  /// Where a regular file can be read from; nil when there is none inside the folder.
  public func diskPath(_ path: String) -> String? {
    guard let real = try? realPath(path), Posix.status(real)?.kind == .file else { return nil }
    return real
  }

  /// Bytes of a file that is read as a whole: a file may say that it is longer than the machine's memory.
  private static let longest = 1 << 30

  private var prefix: String { path == "/" ? "/" : path + "/" }

  private func relative(_ real: String) -> String { String(decoding: real.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) }

  private func realPath(_ path: String) throws(Failure) -> String? {
    let path = try ProjectPath.normalised(path)
    guard let real = Posix.realPath(prefix + path) else { return nil }
    guard real == self.path || real.utf8.starts(with: prefix.utf8) else {
      throw Failure(
        doing: "reading \(path)", problem: "a symbolic link on the way leads out of the project folder, to \(real)",
        help: "Put the file itself into the project, or remove the link.")
    }
    guard !ProjectPath.isInsideGit(relative(real)) else {
      throw Failure(
        doing: "reading \(path)", problem: "it leads into git's own folder",
        help: "Remove the symbolic link, or name another file.")
    }
    return real
  }
}
