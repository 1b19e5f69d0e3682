/// The address of a Space: `owner/name`.
///
/// The name follows the Hub's published rule (huggingface_hub `validate_repo_id`): ASCII letters, digits, `_`, `.` and `-`,
/// 1 to 96 characters a segment, beginning and ending on a word character, without `--` or `..`, not ending in `.git`.
/// The Hub itself is the authority; this check is what can be known offline.
public struct SpaceID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let owner: String
  public let name: String

  /// An address from its two segments, or nil when either breaks the rule.
  public init?(owner: String, name: String) {
    guard SpaceID.isValidSegment(owner), SpaceID.isValidSegment(name) else { return nil }
    self.owner = owner
    self.name = name
  }

  /// An address from `owner/name`, or nil when it is anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init(owner: String(parts[0]), name: String(parts[1]))
  }

  public var description: String { "\(owner)/\(name)" }

  /// The subdomain the Hub is expected to give the Space: `owner-name`, lower-cased, with every other character as `-`.
  ///
  /// A prediction, used only until the Hub has answered; the Hub's own `subdomain` replaces it.
  public var predictedSubdomain: String {
    String(
      decoding: "\(owner)-\(name)".utf8.map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
        default: UInt8(ascii: "-")
        }
      }, as: UTF8.self)
  }

  public static func < (left: SpaceID, right: SpaceID) -> Bool {
    left.owner == right.owner
      ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
      : left.owner.utf8.lexicographicallyPrecedes(right.owner.utf8)
  }

  /// Whether one segment of a repository id follows the Hub's published rule.
  public static func isValidSegment(_ segment: String) -> Bool {
    let bytes = Array(segment.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 96 else { return false }
    guard isWord(first), isWord(last), !segment.hasSuffix(".git") else { return false }
    var previous: UInt8 = 0
    for byte in bytes {
      guard isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else { return false }
      if byte == previous, byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") { return false }
      previous = byte
    }
    return true
  }

  /// Whether a text is the id of a model or dataset, or of a Space: `owner/name`, or a name alone, as the Hub's oldest
  /// repositories have.
  public static func isRepository(_ text: String) -> Bool {
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    return segments.count <= 2 && segments.allSatisfy { isValidSegment(String($0)) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
