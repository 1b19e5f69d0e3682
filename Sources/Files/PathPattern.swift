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
    let segments = text.split(separator: "/", omittingEmptySubsequences: false).map { Substring($0) }
    if segments.allSatisfy(\.isEmpty) { return nil }
    glob = Glob(segments: isRooted ? segments : ["**"] + segments)
  }

  /// Whether it names a file itself, not a folder that the file is in: what a line of `.gitattributes` does.
  public func names(_ file: String) -> Bool { matches(file.split(separator: "/"), isFolder: false) }

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
