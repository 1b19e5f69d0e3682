import CLibCurl
import Dispatch
import Locking
import Platform

/// HTTP over libcurl's multi interface: one thread owns every handle, callers wait without blocking one.
///
/// The thread starts with the first request and ends with the driver. The number of exchanges under way is bounded by the
/// caller (`Gate`), not by libcurl's own queue: time spent in that queue counts against the connect timeout (libcurl 7.88).
package final class CurlDriver: Sendable {
  private let core: CurlCore

  package init(options: TransportOptions) { core = CurlCore(options: options) }

  deinit { core.stop() }

  /// Makes one exchange. Cancelling the task ends it.
  package func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
    let ticket = core.ticket()
    let result: Result<HTTPResponse, TransportFailure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        core.start(ticket, request) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      core.cancel(ticket)
    }
    return try result.get()
  }
}

/// Names one exchange, and remembers that it was cancelled before the thread had seen it.
private final class Ticket: Sendable {
  let id: UInt64
  let isCancelled = Locked(false)
  init(id: UInt64) { self.id = id }
}

/// The multi handle. Only `clibcurl_multi_wakeup` is called from other threads, which libcurl allows, and under the lock, so never
/// after the thread has closed it.
private struct MultiHandle: @unchecked Sendable { var pointer: UnsafeMutableRawPointer }

/// What the driver and its thread share.
private final class CurlCore: Sendable {
  enum Command: Sendable {
    case start(Ticket, HTTPRequest, CurlTransfer.Completion)
    case cancel(UInt64)
  }

  struct Inbox: Sendable {
    var nextID: UInt64 = 1
    var commands: [Command] = []
    var multi: MultiHandle?
    var isStopped = false
  }

  private let inbox = Locked(Inbox())
  private let options: TransportOptions

  init(options: TransportOptions) { self.options = options }

  func ticket() -> Ticket {
    inbox.withLock { inbox in
      defer { inbox.nextID += 1 }
      return Ticket(id: inbox.nextID)
    }
  }

  func start(_ ticket: Ticket, _ request: HTTPRequest, _ completion: @escaping CurlTransfer.Completion) {
    let refusal: String? = inbox.withLock { inbox in
      if inbox.isStopped { return "the client is closed" }
      if inbox.multi == nil {
        guard CurlCore.isInitialised, let pointer = clibcurl_multi_init() else { return "libcurl could not be started" }
        inbox.multi = MultiHandle(pointer: pointer)
        spawn(MultiHandle(pointer: pointer))
      }
      inbox.commands.append(.start(ticket, request, completion))
      if let multi = inbox.multi { clibcurl_multi_wakeup(multi.pointer) }
      return nil
    }
    if let refusal {
      completion(.failure(TransportFailure(cause: .setup, message: refusal, mayHaveArrived: false)))
    }
  }

  func cancel(_ ticket: Ticket) {
    ticket.isCancelled.withLock { $0 = true }
    inbox.withLock { inbox in
      guard let multi = inbox.multi else { return }
      inbox.commands.append(.cancel(ticket.id))
      clibcurl_multi_wakeup(multi.pointer)
    }
  }

  func stop() {
    inbox.withLock { inbox in
      inbox.isStopped = true
      if let multi = inbox.multi { clibcurl_multi_wakeup(multi.pointer) }
    }
  }

  private static let isInitialised = clibcurl_global_init() == CURLE_OK

  private func spawn(_ multi: MultiHandle) {
    // A queue of its own has a thread of its own, for as long as the loop runs.
    DispatchQueue(label: "spaceform-http").async { [self] in CurlLoop(multi: multi.pointer, options: options).run(self) }
  }

  fileprivate func take() -> (commands: [Command], isStopped: Bool) {
    inbox.withLock { inbox in
      defer { inbox.commands = [] }
      return (inbox.commands, inbox.isStopped)
    }
  }

  /// Called by the thread before it closes the multi handle; returns what came in meanwhile.
  fileprivate func close() -> [Command] {
    inbox.withLock { inbox in
      inbox.multi = nil
      defer { inbox.commands = [] }
      return inbox.commands
    }
  }
}

/// The thread's own state: nothing here is seen by another thread.
private final class CurlLoop {
  private let multi: UnsafeMutableRawPointer
  private let options: TransportOptions
  private var byHandle: [UnsafeMutableRawPointer: CurlTransfer] = [:]
  private var byID: [UInt64: CurlTransfer] = [:]
  private var spare: [UnsafeMutableRawPointer] = []

  init(multi: UnsafeMutableRawPointer, options: TransportOptions) {
    self.multi = multi
    self.options = options
    clibcurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    clibcurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.connections)
    clibcurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.connections * 2)
  }

  func run(_ core: CurlCore) {
    CurlLoop.blockSignals()
    while true {
      let (commands, isStopped) = core.take()
      for command in commands { apply(command) }
      if isStopped { break }
      var running: Int32 = 0
      clibcurl_multi_perform(multi, &running)
      var code = CURLE_OK
      while let handle = clibcurl_next_finished(multi, &code) {
        if let transfer = byHandle[handle] { end(transfer) { $0.finish(code) } }
      }
      let wait = drainStreams()
      clibcurl_multi_poll(multi, wait)
    }
    for command in core.close() { apply(command) }
    for transfer in byHandle.values { end(transfer) { $0.cancel() } }
    for handle in spare { clibcurl_easy_cleanup(handle) }
    clibcurl_multi_cleanup(multi)
  }

  private func apply(_ command: CurlCore.Command) {
    switch command {
    case .cancel(let id):
      if let transfer = byID[id] { end(transfer) { $0.cancel() } }
    case .start(let ticket, let request, let completion):
      if ticket.isCancelled.withLock({ $0 }) { return completion(.failure(.cancelled(mayHaveArrived: false))) }
      guard let handle = spare.popLast() ?? clibcurl_easy_init() else {
        return completion(
          .failure(TransportFailure(cause: .setup, message: "libcurl is out of memory", mayHaveArrived: false)))
      }
      let transfer = CurlTransfer(
        id: ticket.id, handle: handle, request: request, options: options, completion: completion)
      do throws(TransportFailure) {
        try transfer.prepare()
      } catch {
        clibcurl_easy_reset(handle)
        spare.append(handle)
        return transfer.fail(error)
      }
      byHandle[handle] = transfer
      byID[ticket.id] = transfer
      if clibcurl_multi_add(multi, handle) != CURLM_OK {
        end(transfer) {
          $0.fail(TransportFailure(cause: .setup, message: "libcurl refused the request", mayHaveArrived: false))
        }
      }
    }
  }

  /// Ends streams that have gone quiet. Returns the milliseconds until the next one may have, at most a minute.
  private func drainStreams() -> Int32 {
    let now = Monotonic.seconds()
    var next = 60.0
    for transfer in Array(byHandle.values) {
      guard let deadline = transfer.drainDeadline else { continue }
      if deadline <= now { end(transfer) { $0.complete() } } else { next = min(next, deadline - now) }
    }
    return Int32((next * 1000).rounded(.up))
  }

  /// Takes a transfer out of libcurl, lets it answer its caller, and keeps the handle for the next one: connections live in
  /// the multi handle and survive.
  private func end(_ transfer: CurlTransfer, _ answer: (CurlTransfer) -> Void) {
    byHandle[transfer.handle] = nil
    byID[transfer.id] = nil
    answer(transfer)
    clibcurl_multi_remove(multi, transfer.handle)
    clibcurl_easy_reset(transfer.handle)
    spare.append(transfer.handle)
  }

  /// Signals are other threads' business. SIGPIPE above all: with `NOSIGNAL` libcurl leaves it on, and OpenSSL writes to
  /// closed sockets.
  private static func blockSignals() {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGWINCH] { sigaddset(&blocked, signal) }
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
  }
}
