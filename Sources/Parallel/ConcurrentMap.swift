import Dispatch

extension Array where Element: Sendable {
  /// `map` on all processors, the results in the order of the elements. A short array is not worth the threads.
  /// - Parameter stretch: how many elements are handed out at once: few enough that no processor waits long for the last ones, so
  ///   many that handing them out costs nothing.
  public func concurrentMap<Result: Sendable>(stretch: Int = 32, _ transform: @Sendable (Element) -> Result) -> [Result] {
    guard count > stretch else { return map(transform) }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Each element is written by one thread, and read when all are done.
      nonisolated(unsafe) let results = buffer
      DispatchQueue.concurrentPerform(iterations: (count + stretch - 1) / stretch) { part in
        for index in part * stretch..<Swift.min(count, (part + 1) * stretch) {
          results.initializeElement(at: index, to: transform(self[index]))
        }
      }
      initialized = count
    }
  }
}
