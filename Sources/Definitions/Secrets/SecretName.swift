/// Tells by its name whether something is meant to be secret, and by its looks whether a value may be.
enum SecretName {
  /// Whether a variable's name says that its value is secret: its last word does, and no other takes it back.
  static func isSecret(_ name: String) -> Bool {
    // Most names are passed by without taking them apart, and most of these by their last letter.
    guard let last = name.utf8.last, lastLetters.contains(last & 0xDF),
      secretWords.contains(where: { ends(name.utf8, with: $0) })
    else { return false }
    return !name.uppercased().split { $0 == "_" || $0 == "-" }.dropLast().contains { openWords.contains(String($0)) }
  }

  private static let secretWords: [[UInt8]] = [
    "KEY", "APIKEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS",
  ].map { Array($0.utf8) }

  private static let lastLetters = ByteSet(secretWords.compactMap(\.last))

  /// Whether a word is the last of a name, in any case.
  private static func ends(_ name: String.UTF8View, with word: [UInt8]) -> Bool {
    var rest = name[...]
    for letter in word.reversed() {
      guard let last = rest.popLast(), last == letter || last == letter | 0x20 else { return false }
    }
    return rest.last.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") } ?? true
  }

  /// Beside them: keys that open nothing, and tokens that are pieces of text.
  private static let openWords: Set<String> = [
    "PUBLIC", "PUB", "PUBLISHABLE", "ANON", "SITE", "PRIMARY", "FOREIGN", "SORT", "PARTITION", "CACHE", "INDEX", "HOT",
    "DICT", "GROUP", "SHORTCUT", "EOS", "BOS", "PAD", "SEP", "UNK", "CLS", "MASK", "STOP", "START", "END", "SPECIAL", "IMAGE",
    "TRIGGER", "CONTROL", "REQUIRE", "REQUIRES", "USE", "ENABLE", "HAS", "NO", "INSTANCE", "PER",
  ]

  /// Whether a value may be a secret, and not a word, a number, a path or an address.
  static func mayBeSecret(_ value: String) -> Bool {
    guard value.utf8.count >= 6, !value.contains(" "), !value.contains("${"), !value.hasPrefix("$"), !value.hasPrefix("<")
    else {
      return false
    }
    let text = value.lowercased()
    if harmless.contains(text) || Double(text) != nil { return false }
    if value.hasPrefix("/") || value.hasPrefix("./") || value.hasPrefix("~") || value.contains("://") { return false }
    let extensions = [".pem", ".key", ".json", ".txt", ".yaml", ".yml", ".toml"]
    if extensions.contains(where: text.hasSuffix) { return false }
    let bytes = Array(text.utf8)
    return Set(bytes).count > 2 && !["xxxx", "your", "example", "placeholder", "dummy"].contains { text.contains($0) }
  }

  private static let harmless: Set<String> = [
    "disabled", "enabled", "optional", "required", "unused", "not-needed", "notneeded", "not_needed", "no-key-required",
    "undefined", "default", "secret", "password", "change-me", "changeme", "unset", "missing", "nothing",
  ]
}
