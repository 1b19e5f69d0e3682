/// The YAML block at the head of a `README.md` (facts: hub-api section 5.1).
public enum FrontMatter {
  /// The block between two `---` lines at the very top, and what follows it; nil when there is none.
  ///
  /// White space and a byte order mark before the first line are tolerated, and every kind of line end, as the Hub's own
  /// clients do. `yamlStartLine` is the line of the file, from 1, on which the block's text begins.
  public static func split(_ text: String) -> (yaml: String, yamlStartLine: Int, body: String)? {
    var text = text
    return text.withUTF8 { split($0) }
  }

  private static func split(_ bytes: UnsafeBufferPointer<UInt8>) -> (yaml: String, yamlStartLine: Int, body: String)? {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while index < bytes.count, isBlank(bytes[index]) || isBreak(bytes[index]) { advance(bytes, &index, &line) }
    guard isFence(bytes, index) else { return nil }
    index += 3
    guard index < bytes.count else { return nil }
    advance(bytes, &index, &line)
    let begin = index
    let startLine = line
    while index < bytes.count {
      if isFence(bytes, index) {
        let yaml = String(decoding: bytes[begin..<index], as: UTF8.self)
        index += 3
        if index < bytes.count { advance(bytes, &index, &line) }
        return (yaml, startLine, String(decoding: bytes[index...], as: UTF8.self))
      }
      while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
      if index < bytes.count { advance(bytes, &index, &line) }
    }
    return nil
  }

  /// Whether a line of exactly `---` begins here.
  private static func isFence(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index + 3 <= bytes.count, bytes[index..<index + 3].allSatisfy({ $0 == UInt8(ascii: "-") }) else { return false }
    return index + 3 == bytes.count || isBreak(bytes[index + 3])
  }

  private static func advance(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ line: inout Int) {
    if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
    if isBreak(bytes[index]) { line += 1 }
    index += 1
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
