/// What belongs together on a line or on several, each byte with its index in the file: a line that is continued, an argument
/// whose quotes were taken out.
struct GatheredLine: Sendable, Hashable {
  private(set) var bytes: [UInt8] = []
  private(set) var places: [Int] = []

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }
  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ byte: UInt8, at place: Int) {
    bytes.append(byte)
    places.append(place)
  }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    bytes += slice
    places += slice.indices
  }

  /// A part of it.
  subscript(range: Range<Int>) -> GatheredLine {
    var part = GatheredLine()
    part.bytes = Array(bytes[range])
    part.places = Array(places[range])
    return part
  }

  /// Where a part stands in the file, what was taken out between its bytes included.
  func span(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let place = places.indices.contains(range.lowerBound) ? places[range.lowerBound] : places.last.map { $0 + 1 } ?? 0
      return place..<place
    }
    return places[range.lowerBound]..<places[range.upperBound - 1] + 1
  }

  var span: Range<Int> { span(0..<count) }

  /// The part after a number of bytes.
  func dropFirst(_ number: Int) -> GatheredLine { self[min(number, count)..<count] }
}
