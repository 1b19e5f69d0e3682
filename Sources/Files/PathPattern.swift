/// One line of a `.gitignore` (gitignore(5)): `*.ipynb` at any depth, `/rooted` and `a/b` from the folder of the list, `dir/` folders
/// only, `**` any folders, `!again` takes back what an earlier line left out.
public struct PathPattern: Hashable, Sendable {
  public let isNegated: Bool
  public let matchesFoldersOnly: Bool
  private let glob: Glob

  /// Nil for a blank line and a comment.
  public init?(_ line: String) {
    var text = Substring(line)
    // White space at the end does not count unless it is escaped.
    while text.hasSuffix(" ") || text.hasSuffix("\t") || text.hasSuffix("\r"), !text.dropLast().hasSuffix("\\") {
      text = text.dropLast()
    }
    if text.isEmpty || text.hasPrefix("#") { return nil }
    isNegated = text.hasPrefix("!")
    if isNegated { text = text.dropFirst() }
    matchesFoldersOnly = text.hasSuffix("/")
    if matchesFoldersOnly { text = text.dropLast() }
    let isRooted = text.contains("/")
    let segments = text.split(separator: "/")
    if segments.isEmpty { return nil }
    glob = Glob(segments: isRooted ? segments : ["**"] + segments)
  }

  /// Whether it names a file itself, not a folder that the file is in: what a line of `.gitattributes` does.
  public func names(_ file: String) -> Bool { matches(file.split(separator: "/"), isFolder: false) }

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
    let segments = path.split(separator: "/")
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
