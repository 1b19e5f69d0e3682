import Diagnostics
import Platform

/// Replaces a file so that a reader, or a machine that loses power, finds the old bytes or the new ones and nothing between:
/// a temporary file beside the target, all bytes, fsync, rename, fsync of the folder.
public enum AtomicFile {
  /// Puts `bytes` at `path`, whether there is a file yet or not.
  ///
  /// An existing file keeps its permissions, and its owner where the process may give files away. A symbolic link is
  /// followed: the file it points to is replaced and the link stays. On failure the target is as it was and nothing is left
  /// beside it, except when only the last step fails: then the new bytes are in place and the failure says that they may not
  /// survive a loss of power.
  /// - Parameters:
  ///   - path: the target; its folder must exist.
  ///   - bytes: the whole new content.
  ///   - mode: permissions of a file that is not there yet, before the process's umask.
  /// - Throws: a `Failure` that names the target and what the system said: no space, quota, no permission, a read-only file
  ///   system, or a target that is not a regular file.
  public static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o644) throws(Failure) {
    try replace(path, with: bytes, mode: mode, failpoint: { _ in 0 })
  }

  /// Where a replacement can fail, in order. Tests fail each in turn.
  enum Step: Hashable, CaseIterable {
    case create, permissions, write, sync, close, rename, syncFolder
  }

  /// - Parameter failpoint: an error number for a step that is to fail before it is tried; 0 lets it run.
  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t, failpoint: (Step) -> CInt
  ) throws(Failure) {
    let target = try AtomicFileTarget(path)
    let failure = { (code: CInt) in Failure.system("writing \(path)", code: code) }
    func attempt(_ step: Step, _ call: () -> CInt) throws(Failure) {
      let planted = failpoint(step)
      guard planted == 0 else { throw failure(planted) }
      guard call() == 0 else { throw failure(errno) }
    }

    let temporary = target.temporaryPath()
    var file: CInt = -1
    try attempt(.create) {
      // An existing file's content may be private: its stand-in starts closed and gets the same permissions below.
      file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, target.existing == nil ? mode : 0o600)
      return file < 0 ? -1 : 0
    }
    do throws(Failure) {
      defer { if file >= 0 { close(file) } }
      try attempt(.permissions) { target.givePermissions(to: file) }
      try attempt(.write) { write(bytes, to: file) }
      try attempt(.sync) { synchronize(file) }
      // Network file systems report a full disk or quota only here.
      try attempt(.close) {
        let open = file
        file = -1
        return close(open)
      }
      try attempt(.rename) { rename(temporary, target.path) }
    } catch {
      unlink(temporary)
      throw error
    }
    do throws(Failure) {
      try attempt(.syncFolder) { synchronizeFolder(target.folder) }
    } catch {
      throw Failure(
        doing: error.doing, problem: "the new content is in place but may not survive a loss of power: \(error.problem)",
        help: error.help, status: error.status)
    }
  }

  /// Removes what replacements of `path` left behind when their process was killed. Only for a caller that excludes every
  /// other writer of `path`.
  public static func removeLeftovers(of path: String) throws(Failure) {
    let target = try AtomicFileTarget(path)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: target.folder) else { return }
    for name in names where target.isTemporary(name) {
      let leftover = target.folder + "/" + name
      guard unlink(leftover) == 0 || errno == ENOENT else { throw Failure.system("removing \(leftover)", code: errno) }
    }
  }

  /// Puts on disk which names a folder holds: what a file just made in it needs, beside its own fsync, to outlast a loss of power.
  public static func synchronize(folder: String) throws(Failure) {
    guard synchronizeFolder(folder) == 0 else { throw Failure.system("syncing the folder \(folder)", code: errno) }
  }

  /// Every byte, however few the system takes at a time.
  private static func write(_ bytes: [UInt8], to file: CInt) -> CInt {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = writeDescriptor(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          if count == 0 { errno = ENOSPC }
          return -1
        }
        written += count
      }
      return 0
    }
  }

  private static func synchronize(_ file: CInt) -> CInt {
    #if canImport(Darwin)
    // Darwin's fsync stops at the drive's cache; file systems without the stronger call answer ENOTSUP.
    if fcntl(file, F_FULLFSYNC) == 0 { return 0 }
    #endif
    return fsync(file)
  }

  private static func synchronizeFolder(_ path: String) -> CInt {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return -1 }
    defer { close(folder) }
    // EINVAL: a file system whose folders cannot be synced has nothing more to promise.
    return fsync(folder) == 0 || errno == EINVAL ? 0 : -1
  }
}
