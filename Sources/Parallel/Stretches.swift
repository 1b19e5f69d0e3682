extension RandomAccessCollection where Index == Int {
  /// The collection cut into neighbours: so many each, the last ones fewer.
  public func stretches(of length: Int) -> [SubSequence] {
    stride(from: startIndex, to: endIndex, by: length).map { self[$0..<Swift.min($0 + length, endIndex)] }
  }
}
