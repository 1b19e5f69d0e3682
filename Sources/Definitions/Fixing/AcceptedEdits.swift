/// Edits of one file that do not touch each other, in the order of their places. There may be as many as the file has lines, so no two
/// are compared that are not neighbours.
struct AcceptedEdits {
  private var edits: [(range: Range<Int>, replacement: String)] = []

  /// Whether an edit can stand beside the others: neighbours may touch; what shares a byte, or inserts at one place, may not.
  func hasRoom(for range: Range<Int>) -> Bool {
    let next = place(of: range)
    return edits[max(0, next - 1)..<min(edits.count, next + 1)].allSatisfy { !AcceptedEdits.collide($0.range, range) }
  }

  mutating func insert(_ range: Range<Int>, _ replacement: String) {
    edits.insert((range, replacement), at: place(of: range))
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    var changed: [UInt8] = []
    changed.reserveCapacity(bytes.count)
    var done = 0
    for edit in edits {
      changed += bytes[done..<edit.range.lowerBound]
      changed += Array(edit.replacement.utf8)
      done = edit.range.upperBound
    }
    return changed + bytes[done...]
  }

  /// Where the first one stands that begins later, or at the same place.
  private func place(of range: Range<Int>) -> Int {
    var (low, high) = (0, edits.count)
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].range.lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func collide(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.overlaps(right) || left.lowerBound == right.lowerBound
      || left.isEmpty && right.contains(left.lowerBound) || right.isEmpty && left.contains(right.lowerBound)
  }
}
