import Platform

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

  /// What is at a path; a symbolic link is not followed. Nil when there is nothing, or nothing that may be looked at.
  public static func status(_ path: String) -> Status? { try? lookUp(cString: path).get() }

  /// As `status`, of a path that need not be text, and with the reason why it cannot be told.
  public static func lookUp(_ path: [UInt8]) -> Result<Status, Problem> {
    (path + [0]).withUnsafeBytes { bytes in
      bytes.assumingMemoryBound(to: CChar.self).baseAddress.map(lookUp(cString:)) ?? .failure(Problem(ENOENT))
    }
  }

  private static func lookUp(cString path: UnsafePointer<CChar>) -> Result<Status, Problem> {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .failure(Problem(errno)) }
    return .success(
      Status(kind: kind(mode: status.st_mode), size: Int(status.st_size), isExecutable: status.st_mode & S_IXUSR != 0))
  }

  /// The absolute path with every link followed; nil when something on the way is missing.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A folder that is kept open, so that paths are looked up from it.
  final class Folder: Sendable {
    fileprivate let descriptor: Int32

    /// Nil when there is no such folder, or none that may be opened.
    init?(_ path: String) {
      descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// A regular file's bytes where the path, which is relative and normalised, goes through no symbolic link; else the problem, which
    /// says nothing about what a path with links leads to.
    func bytes(_ path: String, atMost longest: Int) -> Result<[UInt8], Problem> {
      Posix.bytes(opened: openBeneath(descriptor, path, Posix.reading), limit: .max, atMost: longest)
    }
  }

  // Nothing is waited for: not for what somebody may write into a pipe.
  private static let reading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

  /// A regular file's bytes, links followed; nil with the reason in words when it cannot be read. Nothing else is waited for: not
  /// for what somebody may write into a pipe.
  /// - Parameters:
  ///   - path: the file on the disk.
  ///   - limit: how many bytes are wanted, from the beginning.
  ///   - longest: a longer file is refused.
  public static func bytes(_ path: String, limit: Int = .max, atMost longest: Int = .max) -> Result<[UInt8], Problem> {
    bytes(opened: open(path, reading), limit: limit, atMost: longest)
  }

  private static func bytes(opened descriptor: Int32, limit: Int, atMost longest: Int) -> Result<[UInt8], Problem> {
    guard descriptor >= 0 else { return .failure(Problem(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(Problem(errno)) }
    switch kind(mode: status.st_mode) {
    case .file: break
    case .folder: return .failure(Problem(EISDIR))
    case .symbolicLink, .other: return .failure(Problem(ENXIO))
    }
    guard status.st_size <= longest else { return .failure(Problem(EFBIG)) }

    // One byte more than the size: where that does not come, the file did not grow, and one call is enough. Files of the system that
    // say they are empty are read until there is no more.
    let size = Int(status.st_size)
    var buffer = [UInt8](repeating: 0, count: min(size + 1, limit))
    var length = 0
    while length < limit {
      if length == buffer.count { buffer.append(contentsOf: repeatElement(0, count: min(buffer.count, limit - length))) }
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(Problem(errno)) }
      if count == 0 { break }
      length += count
      if length == size, size > 0, length < buffer.count { break }
    }
    buffer.removeLast(buffer.count - length)
    return .success(buffer)
  }

  /// One entry of a folder.
  public struct Entry: Sendable {
    public var name: PathText
    /// Nil where the file system does not tell.
    public var kind: Kind?
  }

  /// The entries of a folder, `.` and `..` left out, in the system's order.
  public static func entries(_ path: String) -> Result<[Entry], Problem> {
    guard let folder = opendir(path) else { return .failure(Problem(errno)) }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { PathText(cString: $0) }
      }
      if name.text == "." || name.text == ".." { continue }
      entries.append(Entry(name: name, kind: kind(type: Int32(entry.pointee.d_type))))
    }
    return .success(entries)
  }

  /// Why a call failed.
  public struct Problem: Error, Sendable, CustomStringConvertible {
    public let code: Int32
    public init(_ code: Int32) { self.code = code }
    public var description: String {
      isIrregular ? "it is a pipe, a socket or a device, not a file" : String(cString: strerror(code))
    }
    /// Nothing is there, or a file is where a folder would have to be.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    public var isFolder: Bool { code == EISDIR }
    /// There is something, and it is neither file nor folder; opening a socket fails with this code too.
    public var isIrregular: Bool { code == ENXIO }
    public var isTooLong: Bool { code == EFBIG }
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
