#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The operating system's file calls, as Swift values.
public enum Posix {
  public enum Kind: Sendable { case file, folder, symbolicLink, other }

  public struct Status: Sendable {
    public var kind: Kind
    /// Bytes.
    public var size: Int
    /// Whether the owner may execute it, which is the one permission git records.
    public var isExecutable: Bool
  }

  /// What is at a path; a symbolic link is not followed. Nil when there is nothing.
  public static func status(_ path: String) -> Status? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return Status(
      kind: kind(mode: status.st_mode), size: Int(status.st_size), isExecutable: status.st_mode & S_IXUSR != 0)
  }

  /// The absolute path with every link followed; nil when something on the way is missing.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A regular file's bytes, links followed; nil with the reason in words when it cannot be read.
  public static func bytes(_ path: String, limit: Int = .max) -> Result<[UInt8], Problem> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(Problem(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(Problem(errno)) }
    guard kind(mode: status.st_mode) == .file else { return .failure(Problem(EISDIR)) }

    // One byte more than the size, so that a file that did not grow is read with one call and a second that says "end".
    var buffer = [UInt8](repeating: 0, count: min(Int(status.st_size) + 1, limit))
    var length = 0
    while length < limit {
      if length == buffer.count { buffer.append(contentsOf: repeatElement(0, count: min(buffer.count, limit - length))) }
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(Problem(errno)) }
      if count == 0 { break }
      length += count
    }
    buffer.removeLast(buffer.count - length)
    return .success(buffer)
  }

  /// The entries of a folder, `.` and `..` left out, in the system's order. The kind is nil where the file system does not tell.
  public static func entries(_ path: String) -> Result<[(name: String, kind: Kind?)], Problem> {
    guard let folder = opendir(path) else { return .failure(Problem(errno)) }
    defer { closedir(folder) }
    var entries: [(name: String, kind: Kind?)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      entries.append((name, kind(type: Int32(entry.pointee.d_type))))
    }
    return .success(entries)
  }

  /// Why a call failed.
  public struct Problem: Error, Sendable, CustomStringConvertible {
    public let code: Int32
    public init(_ code: Int32) { self.code = code }
    public var description: String { String(cString: strerror(code)) }
    /// Nothing is there, or a file is where a folder would have to be.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    public var isFolder: Bool { code == EISDIR }
  }

  private static func kind(mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .symbolicLink
    default: .other
    }
  }

  private static func kind(type: Int32) -> Kind? {
    switch type {
    case Int32(DT_REG): .file
    case Int32(DT_DIR): .folder
    case Int32(DT_LNK): .symbolicLink
    case Int32(DT_UNKNOWN): nil
    default: .other
    }
  }
}
