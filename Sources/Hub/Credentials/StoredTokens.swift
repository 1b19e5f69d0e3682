import SpaceModel

/// The file `stored_tokens` that `hf auth login` keeps beside the token file (facts hub-api section 1.2): INI, one section a token.
/// What is not understood stays as it is.
struct StoredTokens: Sendable {
  /// The login a token belongs to.
  struct Login: Sendable {
    var name: String
    var refreshToken: Secret
    /// Seconds since 1970.
    var expiresAt: Double
  }

  private var lines: [String]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  var text: String { lines.joined(separator: "\n") }

  /// The login that this token came from; nil when it came from none, or from one that cannot be renewed.
  func login(of token: Secret) -> Login? {
    for name in names {
      guard let held = value("hf_token", in: name), token.reveal({ $0 == held }),
        let refresh = value("refresh_token", in: name), !refresh.isEmpty,
        let expires = value("expires_at", in: name).flatMap({ Double($0) })
      else { continue }
      return Login(name: name, refreshToken: Secret(refresh), expiresAt: expires)
    }
    return nil
  }

  /// The token of a login.
  func token(of name: String) -> String? { value("hf_token", in: name) }

  mutating func set(_ key: String, _ value: String, in name: String) {
    guard let range = section(name) else { return }
    if let place = range.first(where: { Self.pair(lines[$0])?.key == key }) {
      lines[place] = "\(key) = \(value)"
    } else {
      lines.insert("\(key) = \(value)", at: range.lowerBound)
    }
  }

  private var names: [String] { lines.compactMap(Self.name) }

  /// The lines below a section's head.
  private func section(_ name: String) -> Range<Int>? {
    guard let head = lines.firstIndex(where: { Self.name($0) == name }) else { return nil }
    let end = lines[(head + 1)...].firstIndex { Self.name($0) != nil } ?? lines.count
    return head + 1..<end
  }

  private func value(_ key: String, in name: String) -> String? {
    section(name)?.lazy.compactMap { Self.pair(lines[$0]) }.first { $0.key == key }?.value
  }

  private static func name(_ line: String) -> String? {
    let line = trimmed(line[...])
    return line.hasPrefix("[") && line.hasSuffix("]") ? String(line.dropFirst().dropLast()) : nil
  }

  private static func pair(_ line: String) -> (key: String, value: String)? {
    guard let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    return (trimmed(line[..<sign]).lowercased(), String(trimmed(line[line.index(after: sign)...])))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
