import Platform

extension ChildProcess {
  /// How a program ended that was given only so much time.
  public enum Ending: Sendable {
    case ended(Output)
    /// It was still at work when its time was over, and is gone now, with everything it had started.
    case stopped(errors: [UInt8])
  }

  /// Waits for its end, but no longer than this many seconds. Neither a signal from the terminal ends it nor a process that it leaves
  /// behind keeps us waiting: a connection that ssh shares between commands holds its output open.
  public func run(atMost seconds: Double) throws(NotStarted) -> Ending {
    var output = Pipe()
    var complaints = Pipe()
    let process = try start(&output, &complaints, inOwnGroup: true)
    var (bytes, errors): ([UInt8], [UInt8]) = ([], [])
    var (outputIsOpen, errorsAreOpen) = (true, self.errors == .captured)
    let end = ChildProcess.uptime() + seconds
    var status: Int32?
    while true {
      if outputIsOpen {
        if let more = output.read(waitingMilliseconds: status == nil ? 10 : 0) { bytes += more } else { outputIsOpen = false }
      }
      if errorsAreOpen {
        if let more = complaints.read(waitingMilliseconds: outputIsOpen || status != nil ? 0 : 10) {
          errors += more
        } else {
          errorsAreOpen = false
        }
      }
      if let status {
        // One more round after its end: what it wrote last is in the pipes by now.
        drain(output, isOpen: outputIsOpen, into: &bytes)
        drain(complaints, isOpen: errorsAreOpen, into: &errors)
        return .ended(Output(status: ChildProcess.exitStatus(status), bytes: bytes, errors: errors))
      }
      if !outputIsOpen, !errorsAreOpen { usleep(1000) }
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG) == process { status = raw }
      if status == nil, ChildProcess.uptime() > end {
        ChildProcess.stop(process)
        return .stopped(errors: errors)
      }
    }
  }

  private func drain(_ pipe: borrowing Pipe, isOpen: Bool, into bytes: inout [UInt8]) {
    guard isOpen else { return }
    while let more = pipe.read(waitingMilliseconds: 0), !more.isEmpty { bytes += more }
  }

  /// Asked first, killed when it does not go within a second; what it started is in its group.
  private static func stop(_ process: pid_t) {
    kill(-process, SIGTERM)
    let end = uptime() + 1
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if uptime() > end {
        kill(-process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return
      }
      usleep(5000)
    }
    kill(-process, SIGKILL)
  }

  private static func uptime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
