import Diagnostics
import YAML

/// Takes one `key: value` out of a YAML text and leaves everything else as it is, comments and layout included.
enum EntryRemoval {
  /// Nil where that is not certain: the only entry of its mapping, one that shares its lines with others, a comment in between.
  /// - Parameters:
  ///   - key: where the key stands.
  ///   - root: the tree of the text.
  static func edit(ofKey key: SourceSpan, in text: SourceText, root: YAMLNode) -> Fix.Edit? {
    guard let (mapping, index) = entry(at: key.start, in: root), let entries = mapping.entries, entries.count > 1 else {
      return nil
    }
    // A flow mapping begins with its brace, a block mapping with its first key.
    let isFlow = mapping.start != entries[0].key.start
    let span = isFlow ? inFlow(entries, index, text) : inBlock(entries[index], text)
    return span.map { Fix.Edit($0, replacement: "") }
  }

  private static func entry(at place: Position, in node: YAMLNode) -> (mapping: YAMLNode, index: Int)? {
    switch node.content {
    case .scalar: return nil
    case .sequence(let elements):
      for element in elements {
        if let found = entry(at: place, in: element) { return found }
      }
      return nil
    case .mapping(let entries):
      if let index = entries.firstIndex(where: { $0.key.start == place }) { return (node, index) }
      for inner in entries {
        if let found = entry(at: place, in: inner.value) { return found }
      }
      return nil
    }
  }

  /// With the comma that parts it from its neighbour.
  private static func inFlow(_ entries: [YAMLEntry], _ index: Int, _ text: SourceText) -> SourceSpan? {
    let span =
      index > 0
      ? SourceSpan(file: text.file, start: entries[index - 1].value.end, end: entries[index].value.end)
      : SourceSpan(file: text.file, start: entries[0].key.start, end: entries[1].key.start)
    let gone = text.bytes[text.index(span.start)..<text.index(span.end)]
    return gone.contains(UInt8(ascii: "#")) ? nil : span
  }

  /// Whole lines, with the comment at their end.
  private static func inBlock(_ entry: YAMLEntry, _ text: SourceText) -> SourceSpan? {
    // Where a block scalar ends is not where libyaml says it does.
    if entry.value.scalar?.style == .block { return nil }
    let lines = text.lines
    let end = entry.value.end
    guard lines.indices.contains(end.line - 1) else { return nil }
    let lead = text.bytes[lines[entry.key.start.line - 1].lowerBound..<text.index(entry.key.start)]
    let rest = text.bytes[text.index(end)..<lines[end.line - 1].upperBound].drop {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
    }
    guard lead.allSatisfy({ $0 == UInt8(ascii: " ") }), rest.isEmpty || rest.first == UInt8(ascii: "#") else { return nil }
    let last = lines[end.line - 1]
    return SourceSpan(
      file: text.file, start: Position(line: entry.key.start.line, column: 1),
      end: end.line < lines.count
        ? Position(line: end.line + 1, column: 1) : text.span(last, on: end.line, from: last.lowerBound).end)
  }
}

extension Fix {
  /// Takes the entry of a YAML mapping out, wherever it stands; which characters go is found out when the file's text is at hand.
  /// - Parameter key: where the entry's key stands.
  static func removingEntry(atKey key: SourceSpan, _ summary: String) -> Fix {
    var fix = Fix(summary, edits: [])
    fix.removedEntries = [key]
    return fix
  }

  /// The fix with every entry to be removed found in its text; nil when one cannot be taken out safely.
  /// - Parameter source: the bytes of a file of the project.
  func resolved(_ source: (String) -> [UInt8]?) -> Fix? {
    guard !removedEntries.isEmpty else { return self }
    var fix = self
    fix.removedEntries = []
    for key in removedEntries {
      guard let bytes = source(key.file), let root = Fix.tree(bytes, file: key.file),
        let edit = EntryRemoval.edit(ofKey: key, in: SourceText(bytes, file: key.file), root: root)
      else { return nil }
      fix.edits.append(edit)
    }
    return fix
  }

  /// The tree of a definition, or of a README's front matter with places in the README.
  private static func tree(_ bytes: [UInt8], file: String) -> YAMLNode? {
    guard file.hasSuffix(".md") else { return YAMLReader.parse(bytes, file: file).node }
    return SourceReadme.frontMatter(bytes).map { YAMLReader.parse($0, file: file).node }.flatMap(\.self)
  }
}
