import Diagnostics
import Platform
import SpaceModel

/// The token calls are made with, and where it came from: the source is printed, the token never.
public struct AccessToken: Sendable {
  public enum Source: Hashable, Sendable, CustomStringConvertible {
    case variable(String)
    case file(String)
    /// Passed in by the program: an exchanged or a bootstrap token.
    case given(String)

    /// Follows "the token from".
    public var description: String {
      switch self {
      case .variable(let name): "the environment variable \(name)"
      case .file(let path): path
      case .given(let name): name
      }
    }
  }

  public var secret: Secret
  public var source: Source

  /// White space around it is dropped; nil when nothing is left.
  ///
  /// - Throws: when it holds anything but visible ASCII, which no token does and which would spoil the request's head.
  public init?(_ text: String, source: Source) throws(Failure) {
    let trimmed = text.filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
    let token = String(trimmed.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard !token.isEmpty else { return nil }
    guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Failure(
        doing: "reading the token from \(source)", problem: "it holds characters that no token has",
        help: "Store the token alone, as the Hub showed it.", status: .notAllowed)
    }
    secret = Secret(token)
    self.source = source
  }
}

extension AccessToken {
  /// Variables that hold a token, in order (facts hub-api section 1.1); the second is the older name.
  static let variables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]

  /// The token by the official client's rules (facts hub-api section 1.2): the first variable that is not empty, else the one
  /// token file. Nil when there is none.
  static func find(environment: [String: String], home: String) throws(Failure) -> AccessToken? {
    for name in variables {
      guard let text = environment[name] else { continue }
      if let token = try AccessToken(text, source: .variable(name)) { return token }
    }
    let path = file(environment: environment, home: home)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        doing: "reading the token from \(path)", problem: "the file is there and cannot be read",
        help: "Make it readable, or set HF_TOKEN.", status: .notAllowed)
    }
    return try AccessToken(String(decoding: data, as: UTF8.self), source: .file(path))
  }

  /// `HF_TOKEN_PATH`, else `token` in `HF_HOME`, in `$XDG_CACHE_HOME/huggingface` or in `~/.cache/huggingface`: the first that
  /// is configured is the only one read, so that a private `HF_HOME` never falls back to a person's own token.
  static func file(environment: [String: String], home: String) -> String {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : expand($0, environment: environment, home: home) }
    }
    if let path = value("HF_TOKEN_PATH") { return path }
    if let folder = value("HF_HOME") { return folder + "/token" }
    return (value("XDG_CACHE_HOME") ?? home + "/.cache") + "/huggingface/token"
  }

  /// A leading `~`, `$NAME` and `${NAME}`, as the official client expands them; unknown names stay as they are.
  private static func expand(_ path: String, environment: [String: String], home: String) -> String {
    var rest = path[...]
    var result = ""
    if rest == "~" || rest.hasPrefix("~/") {
      result = home
      rest = rest.dropFirst()
    }
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let isBraced = rest.first == "{"
      let name = rest.dropFirst(isBraced ? 1 : 0).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      let isClosed = !isBraced || rest[name.endIndex...].first == "}"
      guard isClosed, let value = environment[String(name)] else {
        result += "$"
        continue
      }
      result += value
      rest = rest[name.endIndex...].dropFirst(isBraced ? 1 : 0)
    }
    return result + rest
  }
}
