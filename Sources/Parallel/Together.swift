import Dispatch

/// Does two things at once, and waits for both.
public func together<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  // Each is written by one thread, and read when both are done.
  nonisolated(unsafe) var one: First?
  nonisolated(unsafe) var two: Second?
  DispatchQueue.concurrentPerform(iterations: 2) { number in
    if number == 0 { one = first() } else { two = second() }
  }
  // A thing that was not begun on another processor was done on this one.
  return (one ?? first(), two ?? second())
}
