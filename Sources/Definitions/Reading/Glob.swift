/// A pattern of file paths: `*` and `?` within a segment, `**` for any number of segments.
struct Glob: Hashable, Sendable {
  private enum Segment: Hashable, Sendable {
    case any
    case literal([UInt8])
    case pattern([UInt8])
  }

  private let segments: [Segment]
  /// The folder above the first wildcard, `.` when the pattern begins with one: all that must be listed.
  let folder: String

  init(_ text: String) {
    let parts = text.split(separator: "/").filter { $0 != "." }
    segments = parts.map { part in
      if part == "**" { return .any }
      let bytes = Array(part.utf8)
      return bytes.contains(UInt8(ascii: "*")) || bytes.contains(UInt8(ascii: "?")) ? .pattern(bytes) : .literal(bytes)
    }
    let plain = zip(parts, segments).dropLast().prefix { if case .literal = $0.1 { true } else { false } }
    folder = plain.isEmpty ? "." : plain.map { String($0.0) }.joined(separator: "/")
  }

  func matches(_ path: String) -> Bool {
    Glob.matches(segments[...], path.split(separator: "/").map { Array($0.utf8) }[...])
  }

  private static func matches(_ segments: ArraySlice<Segment>, _ path: ArraySlice<[UInt8]>) -> Bool {
    var segments = segments
    var path = path
    // The last `**` passed, and where it may take one segment more: enough to go back to, so that time stays linear in both.
    var retry: (segments: ArraySlice<Segment>, path: ArraySlice<[UInt8]>)?
    while true {
      if let segment = segments.first {
        if case .any = segment {
          segments = segments.dropFirst()
          retry = (segments, path)
          continue
        }
        if let name = path.first, matches(segment, name) {
          segments = segments.dropFirst()
          path = path.dropFirst()
          continue
        }
      } else if path.isEmpty {
        return true
      }
      guard let last = retry, !last.path.isEmpty else { return false }
      retry = (last.segments, last.path.dropFirst())
      segments = last.segments
      path = last.path.dropFirst()
    }
  }

  private static func matches(_ segment: Segment, _ name: [UInt8]) -> Bool {
    switch segment {
    case .any: true
    case .literal(let bytes): bytes == name
    case .pattern(let pattern): matches(pattern, name)
    }
  }

  private static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var place = 0
    var index = 0
    var retry: (place: Int, index: Int)?
    while true {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        place += 1
        retry = (place, index)
        continue
      }
      if index < name.count, place < pattern.count {
        if pattern[place] == UInt8(ascii: "?") {
          // One character, however many bytes it has.
          index += 1
          while index < name.count, name[index] & 0xC0 == 0x80 { index += 1 }
          place += 1
          continue
        }
        if pattern[place] == name[index] {
          place += 1
          index += 1
          continue
        }
      } else if index == name.count, place == pattern.count {
        return true
      }
      guard let last = retry, last.index < name.count else { return false }
      retry = (last.place, last.index + 1)
      place = last.place
      index = last.index + 1
    }
  }
}
