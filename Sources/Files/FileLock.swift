import Diagnostics
import Platform

/// The operating system's exclusive lock on a file, held as long as this value lives.
///
/// The kernel drops it when the process ends, however it ends, so nothing is ever left to unlock by hand. The file itself
/// stays: deleting it would let two processes hold locks on two files of one name. It holds the holder's process id, for
/// messages only.
public final class FileLock: Sendable {
  private let file: CInt

  /// Takes the lock without waiting.
  /// - Parameter path: made when absent; its folder must exist.
  /// - Throws: status `leased` when someone else holds it; any other failure with what the system said.
  public init(_ path: String) throws(Failure) {
    let doing = "taking the lock \(path)"
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw Failure.system(doing, code: errno) }
      guard FileLock.lock(file) == 0 else {
        let code = errno
        let holder = FileLock.holder(file)
        close(file)
        guard code == EWOULDBLOCK else { throw Failure.system(doing, code: code) }
        throw FileLock.held(by: holder, doing: doing)
      }
      // Between open and lock the file may have been deleted and made anew: then this lock excludes nobody.
      if FileLock.isSame(file, path) {
        self.file = file
        break
      }
      close(file)
    }
    // What is written here only serves messages: the lock is held whether or not it succeeds.
    let name = Array("\(getpid())\n".utf8)
    if ftruncate(file, 0) == 0 { _ = pwrite(file, name, name.count, 0) }
  }

  deinit {
    // A process id left behind would name the wrong process to the next contender.
    ftruncate(file, 0)
    // Not left to `close`: a program that is being started beside this holds what was open here until it runs.
    flock(file, LOCK_UN)
    close(file)
  }

  private static func lock(_ file: CInt) -> CInt {
    while true {
      let answer = flock(file, LOCK_EX | LOCK_NB)
      if answer == 0 || errno != EINTR { return answer }
    }
  }

  private static func isSame(_ file: CInt, _ path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
      && opened.st_dev == named.st_dev
  }

  private static func holder(_ file: CInt) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 24)
    let count = pread(file, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: buffer[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
  }

  private static func held(by process: Int?, doing: String) -> Failure {
    let problem: String
    switch process {
    case Int(getpid())?: problem = "this process holds it already"
    case let process?: problem = "process \(process) holds it"
    case nil: problem = "another process holds it"
    }
    return Failure(
      doing: doing, problem: problem,
      help: "Wait until it ends, or stop it; the lock is freed the moment its process is gone, so there is nothing to delete.",
      status: .leased)
  }
}
