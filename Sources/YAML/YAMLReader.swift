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
    guard content.count <= limits.bytes else {
      let finding = Finding(
        rule: YAMLRule.limit,
        message: "the file is \(content.count) bytes long; at most \(limits.bytes) are read",
        help: "Split the file, or move data out of it into files of the Space.", span: SourceSpan(file: file))
      return YAMLDocument(root: nil, findings: [finding], opaque: [])
    }
    return content.withUnsafeBufferPointer { buffer in
      var composer = YAMLComposer(reading: buffer, file: file, limits: limits)
      return composer.document()
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
  public func isOpaque(_ place: Position) -> Bool { opaque.contains { $0.contains(place) } }
}
