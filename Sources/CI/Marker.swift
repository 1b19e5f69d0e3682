/// The line by which a comment or an issue of ours is found again: an HTML comment, which no page shows.
///
/// A repository may hold several projects, and a project several environments, so the project's folder and the environment's name are
/// in it. The project's own name is not: a comment about a project file that cannot be read replaces the one before it too.
public struct Marker: Hashable, Sendable {
  /// What the text is.
  public enum Kind: String, Hashable, Sendable {
    case plan, apply, drift, preview
  }

  public let kind: Kind
  /// The project's folder in the repository, and the environment.
  public let scope: String

  /// - Parameters:
  ///   - kind: what the text is.
  ///   - folder: `.` for the repository's top.
  ///   - environment: the one chosen by `--env`.
  public init(_ kind: Kind, folder: String, environment: String? = nil) {
    self.kind = kind
    let names = [folder] + (environment.map { ["env=\($0)"] } ?? [])
    scope = names.map(Marker.word).joined(separator: " ")
  }

  private var opening: String { "<!-- spaceform:\(kind.rawValue) \(scope) |" }

  /// The line, with facts to be read back.
  public func line(_ facts: [(name: String, value: String)] = []) -> String {
    facts.reduce(opening) { "\($0) \($1.name)=\(Marker.word($1.value))" } + " -->"
  }

  /// The facts of the marker that a text begins with; nil when it is not one of this kind and scope.
  public func facts(in text: String) -> [String: String]? {
    guard text.hasPrefix(opening), let end = text.firstRange(of: "-->") else { return nil }
    let inside = text[text.index(text.startIndex, offsetBy: opening.count)..<end.lowerBound]
    let pairs = inside.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  /// A text that ends neither a word nor an HTML comment: what might is written as its number.
  static func word(_ text: String) -> String {
    text.utf8.reduce(into: "") { word, byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "._/:=".utf8.contains(byte)
        || byte == UInt8(ascii: "-") && !word.hasSuffix("-")
      if isPlain { word.unicodeScalars.append(Unicode.Scalar(byte)) } else { word += "%" + hex(byte) }
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
