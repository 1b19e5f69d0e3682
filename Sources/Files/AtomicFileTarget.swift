import Diagnostics
import Platform

/// Where a replacement goes in the end: links followed, what stands there now looked at.
struct AtomicFileTarget {
  /// The real file, which need not exist.
  let path: String
  /// The folder the temporary file has to be in, so that the rename does not cross file systems.
  let folder: String
  /// The file that is there; nil when there is none.
  let existing: stat?

  init(_ given: String) throws(Failure) {
    var path = given
    // The kernel gives up after 40 links as well.
    for _ in 0..<40 {
      var status = stat()
      guard lstat(path, &status) == 0 else {
        guard errno == ENOENT else { throw Failure.system("writing \(given)", code: errno) }
        self.init(path: path, existing: nil)
        return
      }
      switch status.st_mode & S_IFMT {
      case S_IFLNK: path = try AtomicFileTarget.followed(path, given: given)
      case S_IFREG:
        self.init(path: path, existing: status)
        return
      case S_IFDIR: throw Failure.system("writing \(given)", code: EISDIR)
      default:
        throw Failure(
          doing: "writing \(given)", problem: "it is a device or a pipe, not a regular file",
          help: "Remove it, or choose another place for the file.")
      }
    }
    throw Failure.system("writing \(given)", code: ELOOP)
  }

  private init(path: String, existing: stat?) {
    self.path = path
    self.existing = existing
    folder = AtomicFileTarget.folder(of: path)
  }

  /// A name no other replacement uses at the same time, hidden, and known to `isTemporary`.
  func temporaryPath() -> String {
    let random = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(folder)/\(prefix)\(random)\(AtomicFileTarget.suffix)"
  }

  func isTemporary(_ name: String) -> Bool { name.hasPrefix(prefix) && name.hasSuffix(AtomicFileTarget.suffix) }

  /// Gives the stand-in the existing file's owner and permissions. Only root may give files away; anyone else's file stays
  /// their own, and that is no reason to refuse the write. 0, or -1 with `errno` set.
  func givePermissions(to file: CInt) -> CInt {
    guard let existing else { return 0 }
    var status = stat()
    guard fstat(file, &status) == 0 else { return -1 }
    if status.st_uid != existing.st_uid || status.st_gid != existing.st_gid {
      guard fchown(file, existing.st_uid, existing.st_gid) == 0 || errno == EPERM else { return -1 }
    }
    return fchmod(file, existing.st_mode & 0o7777)
  }

  private static let suffix = ".spaceform-tmp"
  private var prefix: String { ".\(path.split(separator: "/").last.map(String.init) ?? "")." }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func followed(_ link: String, given: String) throws(Failure) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    guard count > 0 else { throw Failure.system("writing \(given)", code: errno) }
    let destination = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return destination.hasPrefix("/") ? destination : folder(of: link) + "/" + destination
  }
}
