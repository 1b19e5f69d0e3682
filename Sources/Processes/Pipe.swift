import Platform

/// A pipe whose ends no other child inherits; closed with the value.
struct Pipe: ~Copyable {
  private(set) var read: Int32 = -1
  private(set) var write: Int32 = -1

  mutating func open() -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (read, write) = (ends[0], ends[1])
    return true
  }

  mutating func closeWrite() {
    if write >= 0 { close(write) }
    write = -1
  }

  deinit {
    if read >= 0 { close(read) }
    if write >= 0 { close(write) }
  }

  /// Both to their ends, whichever has something first: a child that fills one while we wait for the other would hang.
  static func drain(_ first: borrowing Pipe, _ second: borrowing Pipe) -> ([UInt8], [UInt8]) {
    var results: ([UInt8], [UInt8]) = ([], [])
    var waiting = [
      pollfd(fd: first.read, events: Int16(POLLIN), revents: 0), pollfd(fd: second.read, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while waiting.contains(where: { $0.fd >= 0 }) {
      guard poll(&waiting, 2, -1) >= 0 || errno == EINTR else { break }
      for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
        let count = readDescriptor(waiting[index].fd, &buffer, buffer.count)
        if count > 0 {
          if index == 0 { results.0 += buffer[..<count] } else { results.1 += buffer[..<count] }
        } else if count == 0 || errno != EINTR {
          waiting[index].fd = -1
        }
      }
    }
    return results
  }

  /// What can be read without waiting for longer than this; nil at the end.
  func read(waitingMilliseconds wait: CInt) -> [UInt8]? {
    var waiting = pollfd(fd: read, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, wait) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = readDescriptor(read, &buffer, buffer.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? [] : nil }
    return count == 0 ? nil : Array(buffer[..<count])
  }
}
