import SpaceModel

/// A pattern for whole paths, anchored at the folder it is used in: `spaces/**/*.space.yaml`. `**` as a segment stands for any number
/// of folders, none included; otherwise a pattern's segment matches one segment of the path.
public struct Glob: Hashable, Sendable {
  enum Segment: Hashable, Sendable {
    case folders
    case name(Wildcard)
    /// A pattern git would not accept either; matches nothing.
    case nothing
  }

  private let segments: [Segment]
  /// The folder above the first segment that is not plain text, `.` when that is the first one: all that must be listed to find
  /// every match.
  public let folder: String

  public init(_ pattern: String) {
    self.init(segments: ProjectPath.segments(pattern[...]).filter { $0 != "." })
  }

  init(segments: [Substring]) {
    var parsed: [Segment] = segments.map { segment in
      segment.utf8.count > 1 && segment.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
        ? .folders : Wildcard(segment).map(Segment.name) ?? .nothing
    }
    // `abc/**` is everything inside abc, not abc.
    if parsed.last == .folders, let any = Wildcard("*") { parsed.append(.name(any)) }
    self.segments = parsed
    var plain: [String] = []
    for segment in parsed.dropLast() {
      guard case .name(let wildcard) = segment, let name = wildcard.literal else { break }
      plain.append(name)
    }
    folder = plain.isEmpty ? "." : plain.joined(separator: "/")
  }

  public func matches(_ path: String) -> Bool { matches(ProjectPath.segments(path[...])) }

  func matches(_ path: [Substring]) -> Bool {
    PatternMatch.matches(segments, path, isAny: { $0 == .folders }) { segment, name in
      if case .name(let wildcard) = segment { wildcard.matches(name) } else { false }
    }
  }
}
