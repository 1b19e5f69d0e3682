import Files

/// The `.gitattributes` of a Space, as far as it says what is stored by git-lfs.
struct GitAttributes {
  private struct Line {
    var pattern: PathPattern
    var isLarge: Bool
    var place: Range<Int>
  }

  private var lines: [Line] = []

  init(_ text: SourceText) {
    for line in text.lines {
      let words = text.bytes[line].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
      // A pattern may not be negated, and one in quotes is a name that none of ours is.
      guard let first = words.first, !first.starts(with: "#".utf8), !first.starts(with: "!".utf8),
        !first.starts(with: "\"".utf8), !first.starts(with: "[attr]".utf8)
      else { continue }
      // Of one attribute given twice the last one holds.
      let filter = words.dropFirst().last { word in
        word.starts(with: "filter".utf8) || word.dropFirst().starts(with: "filter".utf8)
      }
      let name = String(decoding: first, as: UTF8.self)
      guard let filter, !name.hasSuffix("/"), let pattern = PathPattern(name) else { continue }
      lines.append(
        Line(pattern: pattern, isLarge: filter.elementsEqual("filter=lfs".utf8), place: first.startIndex..<first.endIndex))
    }
  }

  /// Where a file is sent to git-lfs; nil when it is not. The last line that names the file decides.
  func largeFilePattern(for path: String) -> Range<Int>? {
    for line in lines.reversed() where line.pattern.names(path) { return line.isLarge ? line.place : nil }
    return nil
  }
}
