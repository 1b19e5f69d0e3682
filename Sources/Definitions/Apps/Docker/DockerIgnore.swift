import Files

/// A `.dockerignore`: which files a build does not see. Unlike a `.gitignore` every pattern is anchored at the top.
struct DockerIgnore: Sendable {
  private struct Line: Sendable {
    var glob: Glob
    var takesBack: Bool
  }

  private let lines: [Line]
  /// Whether a pattern is of a form that is not read here, so that nothing is certain.
  let isUncertain: Bool

  init(_ text: String) {
    var lines: [Line] = []
    var isUncertain = false
    for line in text.split(whereSeparator: \.isNewline) {
      var pattern = line.drop { $0 == " " || $0 == "\t" }
      while pattern.last == " " || pattern.last == "\t" { pattern.removeLast() }
      guard !pattern.isEmpty, !line.hasPrefix("#") else { continue }
      let takesBack = pattern.hasPrefix("!")
      if takesBack { pattern = pattern.dropFirst() }
      guard let path = ProjectPath.normal(String(pattern.drop { $0 == "/" })) else {
        isUncertain = true
        continue
      }
      // `a**b` is anything in Go's pattern language, and a segment in ours.
      if path.split(separator: "/").contains(where: { $0.contains("**") && $0 != "**" }) { isUncertain = true }
      lines.append(Line(glob: Glob(path == "." ? "**" : path), takesBack: takesBack))
    }
    self.lines = lines
    self.isUncertain = isUncertain
  }

  /// Whether a file, or a folder it is in, is left out: the last line that matches either decides.
  func leavesOut(_ file: String) -> Bool {
    guard !lines.isEmpty else { return false }
    let segments = file.split(separator: "/")
    let paths = segments.indices.map { segments[...$0].joined(separator: "/") }
    for line in lines.reversed() where paths.contains(where: { line.glob.matches($0) }) { return !line.takesBack }
    return false
  }
}
