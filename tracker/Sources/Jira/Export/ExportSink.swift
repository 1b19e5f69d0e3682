import Diagnostics
import Parallel

/// Takes the bytes of a file piece by piece, so that no file has to be in memory as a whole.
public typealias ExportSink = ([UInt8]) throws(Failure) -> Void

extension Array where Element: Sendable {
  /// Writes something for each element, in order; what is written is made on all processors, some hundred elements at a time.
  func write(to sink: ExportSink, _ text: @Sendable (Int, Element) -> [UInt8]) throws(Failure) {
    for start in stride(from: 0, to: count, by: 512) {
      let places = [Int](start..<Swift.min(start + 512, count))
      for bytes in places.concurrentMap(stretch: 16, { text($0, self[$0]) }) { try sink(bytes) }
    }
  }
}
