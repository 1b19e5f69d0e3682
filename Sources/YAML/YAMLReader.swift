import Diagnostics
import SpaceModel

/// Reads YAML strictly: one document a file, every duplicate key reported, nesting, size and aliases bounded.
public enum YAMLReader {
  /// The tree of a file and everything found wrong with it. The tree is nil when the text could not be read to its end, and
  /// for a file without content, which is no finding here: only the caller knows whether that is allowed.
  ///
  /// - Parameters:
  ///   - bytes: the file as it is; a byte order mark is dropped.
  ///   - file: the name that findings carry.
  public static func parse(_ bytes: [UInt8], file: String) -> (node: YAMLNode?, findings: [Finding]) {
    let document = read(bytes, file: file)
    return (document.root, document.findings)
  }

  /// As `parse`, with what is needed to find the comments.
  public static func read(_ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()) -> YAMLDocument {
    var content = bytes[...]
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    if let finding = finding(ofSize: content.count, file: file, limits: limits) {
      return YAMLDocument(root: nil, findings: [finding], opaque: [])
    }
    return content.withUnsafeBufferPointer { buffer in
      guard directives(in: buffer) <= limits.directives else {
        let finding = Finding(
          rule: YAMLRule.limit, message: "more than \(limits.directives) lines begin with `%`",
          help: "Remove the directives: a definition needs none.", span: SourceSpan(file: file))
        return YAMLDocument(root: nil, findings: [finding], opaque: [])
      }
      var composer = YAMLComposer(reading: buffer, file: file, limits: limits)
      return composer.document()
    }
  }

  /// What is wrong with a file of this many bytes; nil when that is not too much. For callers that know the size before the bytes.
  public static func finding(ofSize count: Int, file: String, limits: YAMLLimits = YAMLLimits()) -> Finding? {
    guard count > limits.bytes else { return nil }
    return Finding(
      rule: YAMLRule.limit, message: "the file is \(count) bytes long; at most \(limits.bytes) are read",
      help: "Split the file, or move data out of it into files of the Space.", span: SourceSpan(file: file))
  }

  private static func directives(in buffer: UnsafeBufferPointer<UInt8>) -> Int {
    let isMark = { (byte: UInt8) in byte == UInt8(ascii: "%") }
    // Few files have the mark at all, and that is found out in no time.
    guard let first = buffer.firstIndex(where: isMark) else { return 0 }
    return (first..<buffer.count).count { index in
      isMark(buffer[index]) && (index == 0 || Position.endsLine(UnsafeBufferPointer(rebasing: buffer[..<index])))
    }
  }

  /// The members of a mapping as plain values; nil for any other node.
  public static func jsonValue(ofMapping node: YAMLNode) -> [String: JSONValue]? { node.json.objectValue }
}

/// What one file held.
public struct YAMLDocument: Sendable {
  public var root: YAMLNode?
  public var findings: [Finding]
  /// Where quoted and block scalars stand that hold a `#`, in order: what looks like a comment there is none.
  var opaque: [Range<Position>]

  /// Whether a place is inside a quoted or block scalar, where a `#` begins no comment. Known only for scalars that hold one.
  public func isOpaque(_ place: Position) -> Bool {
    var (low, high) = (0, opaque.count)
    while low < high {
      let middle = (low + high) / 2
      if opaque[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < opaque.count && opaque[low].contains(place)
  }
}
