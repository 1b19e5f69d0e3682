import Diagnostics

/// A text that git left with conflict markers, taken apart into both sides (plain and diff3 style).
struct ConflictedText: Hashable {
  var ours: [UInt8]
  var theirs: [UInt8]

  /// Nil when there is no marker.
  /// - Throws: markers that do not pair.
  init?(_ bytes: [UInt8], file: String) throws(Failure) {
    guard ConflictedText.firstMarkerLine(in: bytes) != nil else { return nil }
    ours = []
    theirs = []
    var side = Side.both
    for (number, line) in ConflictedText.lines(bytes).enumerated() {
      if let marker = ConflictedText.marker(line) {
        switch (side, marker) {
        case (.both, .start): side = .ours
        case (.ours, .base): side = .base
        case (.ours, .middle), (.base, .middle): side = .theirs
        case (.theirs, .end): side = .both
        default:
          throw Failure(
            doing: "taking \(file) apart", problem: "the conflict marker on line \(number + 1) belongs to no conflict",
            help: "Start over from git's own copy with `git checkout --merge -- \(file)`.")
        }
        continue
      }
      if side == .both || side == .ours { ours += line }
      if side == .both || side == .theirs { theirs += line }
    }
    guard side == .both else {
      throw Failure(
        doing: "taking \(file) apart", problem: "the last conflict has no end marker",
        help: "Start over from git's own copy with `git checkout --merge -- \(file)`.")
    }
  }

  /// The line, from 1, of the first marker that starts a conflict. No line of a lock begins that way.
  static func firstMarkerLine(in bytes: [UInt8]) -> Int? {
    for (number, line) in lines(bytes).enumerated() where marker(line) == .start { return number + 1 }
    return nil
  }

  private enum Side { case both, ours, base, theirs }
  private enum Marker { case start, base, middle, end }

  /// Seven of one character, then the end of the line or a space and a label.
  private static func marker(_ line: ArraySlice<UInt8>) -> Marker? {
    guard let first = line.first, line.count >= 7, line.prefix(7).allSatisfy({ $0 == first }) else { return nil }
    if let after = line.dropFirst(7).first, ![0x20, 0x0A, 0x0D].contains(after) { return nil }
    return switch first {
    case UInt8(ascii: "<"): .start
    case UInt8(ascii: "|"): .base
    case UInt8(ascii: "="): .middle
    case UInt8(ascii: ">"): .end
    default: nil
    }
  }

  /// Each with its line end.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }
}
