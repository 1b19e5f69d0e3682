import CLibGit2
import Locking

/// A repository that libgit2 has open: one thread at a time uses its handle, and it is closed with the last who has it.
final class LibGit2Repository: Sendable {
  private let handle: Locked<OpaquePointer>

  /// - Parameter handle: from one of libgit2's functions that open or make a repository; nobody else may keep it.
  init(owning handle: OpaquePointer) {
    nonisolated(unsafe) let handle = handle
    self.handle = Locked(handle)
  }

  deinit {
    handle.withLock { git_repository_free($0) }
  }

  /// - Parameter body: gets the handle for as long as it runs; what it looks up in it is not to be used afterwards.
  func withHandle<Result, Failure: Error>(
    _ body: (OpaquePointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try handle.withLock { handle throws(Failure) in try body(handle) }
  }
}
