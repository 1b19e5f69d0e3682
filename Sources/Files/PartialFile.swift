import Diagnostics
import Locking
import Platform

/// A file that is written piece by piece and put in place when it is whole, as `AtomicFile` replaces one that is in memory.
///
/// Until then it stands beside the target under a hidden name, which goes away with this value.
public final class PartialFile: Sendable {
  /// Where the bytes are until `finish`.
  public let temporaryPath: String
  private let target: AtomicFileTarget
  private let state: Locked<State>

  private struct State: Sendable {
    var descriptor: CInt
    var failure: CInt = 0
    var isFinished = false
  }

  /// - Parameters:
  ///   - path: the target; its folder must exist.
  ///   - mode: permissions of a file that is not there yet, before the process's umask.
  public init(_ path: String, mode: mode_t = 0o644) throws(Failure) {
    target = try AtomicFileTarget(path)
    temporaryPath = target.temporaryPath()
    let descriptor = open(
      temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, target.existing == nil ? mode : 0o600)
    guard descriptor >= 0 else { throw Failure.system("writing \(path)", code: errno) }
    state = Locked(State(descriptor: descriptor))
    guard target.givePermissions(to: descriptor) == 0 else { throw Failure.system("writing \(path)", code: errno) }
  }

  deinit {
    state.withLock { state in
      if state.descriptor >= 0 { close(state.descriptor) }
      if !state.isFinished { unlink(temporaryPath) }
    }
  }

  /// Appends bytes. False when the system refused them; `failure` then says why.
  public func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      var written = 0
      while written < bytes.count, state.failure == 0 {
        let count = writeDescriptor(state.descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count > 0 { written += count } else { state.failure = count < 0 ? errno : ENOSPC }
      }
      return state.failure == 0
    }
  }

  /// Drops what has been appended.
  public func clear() -> Bool {
    state.withLock { state in
      guard ftruncate(state.descriptor, 0) == 0, lseek(state.descriptor, 0, SEEK_SET) == 0 else {
        state.failure = errno
        return false
      }
      return true
    }
  }

  /// Why bytes could not be appended; nil when all could.
  public var failure: Failure? {
    let code = state.withLock { $0.failure }
    return code == 0 ? nil : Failure.system("writing \(target.path)", code: code)
  }

  /// Puts the file in place: synced, renamed, the folder synced.
  public func finish() throws(Failure) {
    if let failure { throw failure }
    let code: CInt = state.withLock { state in
      guard fsync(state.descriptor) == 0 else { return errno }
      let file = state.descriptor
      state.descriptor = -1
      guard close(file) == 0, rename(temporaryPath, target.path) == 0 else { return errno }
      state.isFinished = true
      return 0
    }
    guard code == 0 else { throw Failure.system("writing \(target.path)", code: code) }
    try AtomicFile.synchronize(folder: target.folder)
  }
}
