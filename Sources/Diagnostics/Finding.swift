import SpaceModel

/// One thing found wrong, or worth saying, about a definition: a value, collected and sorted once at the edge.
public struct Finding: Hashable, Sendable, Error {
  /// `SF` and three digits; the families are DESIGN section 4.
  public var rule: String
  public var severity: Severity
  /// What is wrong, one sentence, no full stop.
  public var message: String
  /// A way out, one sentence; nil when the message already is one.
  public var help: String?
  public var span: SourceSpan
  public var related: [RelatedSpan]
  /// A change that puts it right and alters nothing else; nil where only a person can decide.
  public var fix: Fix?

  public init(
    rule: String, severity: Severity = .error, message: String, help: String? = nil, span: SourceSpan,
    related: [RelatedSpan] = [], fix: Fix? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = Finding.cut(message)
    self.help = help.map(Finding.cut)
    self.span = span
    self.related = related
    self.fix = fix
  }

  /// A message quotes what stands in a file. Where that is longer than anybody writes by hand, its middle is left out.
  private static func cut(_ text: String) -> String {
    guard text.utf8.count > 8800 else { return text }
    return "\(String(text.unicodeScalars.prefix(2000)))…\(String(text.unicodeScalars.suffix(200)))"
  }
}

public enum Severity: String, Hashable, Sendable, Codable, Comparable {
  case note, warning, error
  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A place that explains a finding: the first of two duplicates, say.
public struct RelatedSpan: Hashable, Sendable {
  public var span: SourceSpan
  public var message: String
  public init(span: SourceSpan, message: String) {
    self.span = span
    self.message = message
  }
}

/// A stretch of a file. A span of a whole file is at line 1, column 1, with no length.
public struct SourceSpan: Hashable, Sendable, Comparable {
  /// Relative to the project folder.
  public var file: String
  public var start: Position
  /// Just after the last character.
  public var end: Position

  public init(file: String, start: Position = Position(line: 1, column: 1), end: Position? = nil) {
    self.file = file
    self.start = start
    self.end = end ?? start
  }

  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    left.file == right.file ? left.start < right.start : left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
  }
}

/// A place in a text file: both count from 1, columns in Unicode scalars as libyaml counts them.
public struct Position: Hashable, Sendable, Comparable {
  public var line: Int
  public var column: Int
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
  public static func < (left: Position, right: Position) -> Bool {
    left.line == right.line ? left.column < right.column : left.line < right.line
  }
}

extension Array where Element == Finding {
  /// By file, place, severity (errors first), rule; duplicates dropped.
  public func sortedForReport() -> [Finding] {
    var seen: Set<Finding> = []
    return filter { seen.insert($0).inserted }.sorted { left, right in
      if left.span < right.span || right.span < left.span { return left.span < right.span }
      if left.severity != right.severity { return left.severity > right.severity }
      return (left.rule, left.span.end, left.message) < (right.rule, right.span.end, right.message)
    }
  }

  public var hasErrors: Bool { contains { $0.severity == .error } }
}
