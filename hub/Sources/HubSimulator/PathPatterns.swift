/// Patterns of `.gitattributes` and `.gitignore`: the last one that matches decides.
struct PathPatterns {
  private var rules: [(pattern: [UInt8], anchored: Bool, folder: Bool, matches: Bool)] = []

  /// The patterns that send files to LFS.
  static func largeFiles(attributes: String) -> PathPatterns {
    var patterns = PathPatterns()
    for line in attributes.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard let pattern = fields.first, !pattern.hasPrefix("#"),
        let filter = fields.dropFirst().last(where: { $0.hasPrefix("filter=") || $0 == "-filter" || $0 == "!filter" })
      else { continue }
      let text = pattern.split(separator: "[[:space:]]", omittingEmptySubsequences: false).joined(separator: " ")
      patterns.add(text, matches: filter == "filter=lfs")
    }
    return patterns
  }

  /// The patterns of an ignore file; `!` takes back.
  static func ignored(_ text: String) -> PathPatterns {
    var patterns = PathPatterns()
    for line in text.split(whereSeparator: \.isNewline) {
      var line = String(line)
      while line.last == " " { line.removeLast() }
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let takesBack = line.hasPrefix("!")
      patterns.add(takesBack ? String(line.dropFirst()) : line, matches: !takesBack)
    }
    return patterns
  }

  private mutating func add(_ text: String, matches: Bool) {
    var pattern = Substring(text)
    let folder = pattern.hasSuffix("/")
    if folder { pattern = pattern.dropLast() }
    let anchored = pattern.contains("/")
    if pattern.hasPrefix("/") { pattern = pattern.dropFirst() }
    rules.append((Array(pattern.utf8), anchored, folder, matches))
  }

  func matches(_ path: String) -> Bool {
    let segments = path.split(separator: "/").map { Array($0.utf8) }
    // A pattern that covers a folder covers everything in it.
    let ancestors = segments.indices.map { Array(segments[...$0].joined(separator: [UInt8(ascii: "/")])) }
    for rule in rules.reversed() {
      for index in segments.indices {
        let isFile = index == segments.count - 1
        if rule.folder, isFile { continue }
        let subject = rule.anchored ? ancestors[index] : segments[index]
        if PathPatterns.glob(rule.pattern[...], subject[...]) { return rule.matches }
      }
    }
    return false
  }

  /// `?` and `*` stay within a segment, `**` crosses them.
  static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let slash = UInt8(ascii: "/")
    if first == UInt8(ascii: "*") {
      let deep = pattern.dropFirst().first == first
      var rest = pattern.dropFirst(deep ? 2 : 1)
      if deep, rest.first == slash, glob(rest.dropFirst(), text) { return true }
      if deep { rest = rest.drop { $0 == UInt8(ascii: "*") } }
      var remaining = text
      while true {
        if glob(rest, remaining) { return true }
        guard let next = remaining.first, deep || next != slash else { return false }
        remaining = remaining.dropFirst()
      }
    }
    guard let byte = text.first else { return false }
    if first == UInt8(ascii: "?") ? byte == slash : first != byte { return false }
    return glob(pattern.dropFirst(), text.dropFirst())
  }
}
