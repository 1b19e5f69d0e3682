/// One line of a `.gitignore` (gitignore(5)): `*.ipynb` at any depth, `/rooted` and `a/b` from the folder of the list, `dir/` folders
/// only, `**` any folders, `!again` takes back what an earlier line left out.
public struct PathPattern: Hashable, Sendable {
  public let isNegated: Bool
  public let matchesFoldersOnly: Bool
  private let glob: Glob

  /// Nil for a blank line and a comment.
  public init?(_ line: String) {
    // Scalars, not characters: to git a combining mark is one of its own, whatever it stands behind.
    var text = PathPattern.trimmed(line[...].unicodeScalars)
    if text.isEmpty || text.first == "#" { return nil }
    isNegated = text.first == "!"
    if isNegated { text = text.dropFirst() }
    matchesFoldersOnly = text.last == "/"
    if matchesFoldersOnly { text = text.dropLast() }
    let isRooted = text.contains("/")
    if text.first == "/" { text = text.dropFirst() }
    let segments = PathPattern.split(text)
    if segments.allSatisfy(\.isEmpty) { return nil }
    glob = Glob(segments: isRooted ? segments : ["**"] + segments)
  }

  /// The parts between slashes; one with a backslash before it is a slash too.
  private static func split(_ text: Substring.UnicodeScalarView) -> [Substring] {
    var segments = [Substring.UnicodeScalarView()]
    var index = text.startIndex
    while index < text.endIndex {
      let scalar = text[index]
      index = text.index(after: index)
      let next = index < text.endIndex ? text[index] : nil
      switch (scalar, next) {
      case ("/", _): segments.append(Substring.UnicodeScalarView())
      case ("\\", "/"?): continue
      case ("\\", let escaped?):
        segments[segments.count - 1].append(contentsOf: [scalar, escaped])
        index = text.index(after: index)
      default: segments[segments.count - 1].append(scalar)
      }
    }
    return segments.map { Substring($0) }
  }

  /// Whether it names a file itself, not a folder that the file is in: what a line of `.gitattributes` does.
  public func names(_ file: String) -> Bool { matches(ProjectPath.segments(file[...]), isFolder: false) }

  /// Without the carriage return of a line's end, and without spaces at the end that no backslash keeps.
  private static func trimmed(_ line: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    let line = line.last == "\r" ? line.dropLast() : line
    var index = line.startIndex
    // Where the spaces at the end begin.
    var end = line.startIndex
    while index < line.endIndex {
      let scalar = line[index]
      index = line.index(after: index)
      if scalar == "\\", index < line.endIndex { index = line.index(after: index) }
      if scalar != " " { end = index }
    }
    return line[..<end]
  }

  func matches(_ path: [Substring], isFolder: Bool) -> Bool {
    (isFolder || !matchesFoldersOnly) && glob.matches(path)
  }
}

/// A `.gitignore`'s lines together: the last one that matches decides, and what is inside an ignored folder stays ignored.
public struct IgnoreList: Hashable, Sendable {
  private let patterns: [PathPattern]

  public init(_ lines: some Sequence<String>) { patterns = lines.compactMap(PathPattern.init) }

  /// Whether a file is left out.
  /// - Parameter path: relative to the folder the list is for.
  public func ignores(_ path: String) -> Bool {
    if patterns.isEmpty { return false }
    let segments = ProjectPath.segments(path[...])
    for depth in 1...max(1, segments.count) where depth <= segments.count {
      if decision(Array(segments[..<depth]), isFolder: depth < segments.count) { return true }
    }
    return false
  }

  private func decision(_ path: [Substring], isFolder: Bool) -> Bool {
    for pattern in patterns.reversed() where pattern.matches(path, isFolder: isFolder) { return !pattern.isNegated }
    return false
  }
}
