import Files

/// Where a new definition file goes, so that the project's `include` finds it.
enum DefinitionPlace {
  /// The first free path for a Space's definition; nil when no pattern leaves room for a new file.
  /// - Parameters:
  ///   - patterns: the project's `include`.
  ///   - names: file names to try, in order, without the ending.
  ///   - isTaken: whether there is something at a path.
  static func path(for names: [String], including patterns: [String], isTaken: (String) -> Bool) -> String? {
    for name in names {
      for pattern in patterns {
        guard let path = filled(pattern, with: name), Glob(pattern).matches(path), !isTaken(path) else { continue }
        return path
      }
    }
    return nil
  }

  /// A path the pattern matches: folders of any name are left out, or named as the Space; the last wildcard becomes the name.
  private static func filled(_ pattern: String, with name: String) -> String? {
    var segments = pattern.split(separator: "/").map(String.init).filter { $0 != "**" && $0 != "." }
    guard let last = segments.popLast(), last.contains("*"), !last.contains("["), !last.contains("?") else { return nil }
    guard segments.allSatisfy({ $0 == "*" || !$0.contains { "*?[".contains($0) } }) else { return nil }
    segments = segments.map { $0 == "*" ? name : $0 }
    let parts = last.split(separator: "*", omittingEmptySubsequences: false)
    let file = String(parts[0]) + name + parts.dropFirst().joined()
    return (segments + [file]).joined(separator: "/")
  }
}
