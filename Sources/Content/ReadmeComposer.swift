import SpaceModel
import YAML

/// Makes the `README.md` a Space should have: a base, and the definition's card laid over its front matter.
///
/// When that changes nothing the base's text is kept as it is, byte for byte; otherwise the front matter is written anew in one fixed
/// order and the body stays untouched.
public enum ReadmeComposer {
  /// The README of a Space whose files we manage.
  ///
  /// The Hub needs `sdk`, so it is added where neither the base nor the card has it; a Space without any README of its own also gets
  /// its name as title.
  public static func compose(source: Readme?, card: [String: JSONValue]?, sdk: SDK, name: String) -> Readme {
    var base = source ?? Readme(frontMatter: [:], body: "", text: "")
    if source == nil, card?["title"] == nil { base.frontMatter["title"] = .string(name) }
    return overlay(card: card ?? [:], sdk: sdk, on: base, isKept: source != nil)
  }

  /// A README with the card laid over it: for a live one, when `card` is declared without `source`.
  public static func overlay(card: [String: JSONValue], sdk: SDK, on live: Readme) -> Readme {
    overlay(card: card, sdk: sdk, on: live, isKept: true)
  }

  private static func overlay(card: [String: JSONValue], sdk: SDK, on base: Readme, isKept: Bool) -> Readme {
    var members = base.frontMatter.merging(card) { _, declared in declared }
    if members["sdk"] == nil { members["sdk"] = .string(sdk.rawValue) }
    if isKept, members == base.frontMatter { return base }
    return Readme(frontMatter: members, body: base.body, text: text(members, body: base.body))
  }

  static func text(_ members: [String: JSONValue], body: String) -> String {
    // A body right below the block would be read as one with it by people.
    let gap = body.isEmpty || body.utf8.first == UInt8(ascii: "\n") || body.utf8.first == UInt8(ascii: "\r") ? "" : "\n"
    return "---\n\(FrontMatterWriter.text(ordered(members)))---\n\(gap)\(body)"
  }

  /// The order the Hub's own pages write a card in; keys it does not name follow, sorted by bytes.
  static func ordered(_ members: [String: JSONValue]) -> [(String, JSONValue)] {
    let known = first.compactMap { key in members[key].map { (key, $0) } }
    let others = members.filter { !first.contains($0.key) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return known + others.map { ($0.key, $0.value) }
  }

  private static let first = [
    "title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version", "app_file", "app_port",
    "app_build_command",
    "base_path", "fullWidth", "header", "short_description", "models", "datasets", "tags", "pinned", "license",
  ]
}
