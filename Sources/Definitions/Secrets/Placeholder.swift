/// Tells a made-up value from a drawn one. Documentation is full of tokens that are none.
enum Placeholder {
  /// Whether nobody's random generator made these bytes: a word of documentation in them, one character over and over, a run of
  /// the alphabet, a short piece repeated.
  static func isLikely(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    let value = Array(bytes)
    guard value.count >= 4 else { return true }
    return distinct(value) < min(value.count, 40) / 4 + 2 || ascends(value) || repeats(value) || holdsWord(value)
  }

  private static func distinct(_ value: [UInt8]) -> Int { Set(value).count }

  private static func ascends(_ value: [UInt8]) -> Bool {
    zip(value, value.dropFirst()).count { $1 &- $0 == 1 } * 2 >= value.count
  }

  private static func repeats(_ value: [UInt8]) -> Bool {
    for period in 1...max(1, min(12, value.count / 2))
    where value.indices.dropFirst(period).allSatisfy({ value[$0] == value[$0 - period] }) {
      return true
    }
    return false
  }

  private static func holdsWord(_ value: [UInt8]) -> Bool {
    let text = String(decoding: value, as: UTF8.self).lowercased()
    return words.contains { text.contains($0) }
  }

  private static let words = [
    "example", "xxxx", "....", "****", "your", "placeholder", "dummy", "fake", "sample", "redacted", "changeme", "insert",
    "replace", "notreal", "secret", "token", "00000", "12345", "abcde",
  ]

  /// Whether a password is one that everybody writes where none is meant.
  static func isPassword(_ password: String, user: String) -> Bool {
    let text = password.lowercased()
    if usual.contains(text) || text == user.lowercased() { return true }
    return text.allSatisfy { !$0.isLetter && !$0.isNumber } || words.contains { text.contains($0) }
      || text.contains("password")
  }

  private static let usual: Set<String> = [
    "pass", "passwd", "pwd", "pw", "user", "username", "root", "admin", "test", "guest", "postgres", "mysql", "redis",
    "mongo", "rabbitmq", "minio", "x", "xx", "xxx", "abc", "123", "1234",
  ]
}
