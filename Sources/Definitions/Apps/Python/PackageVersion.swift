/// A version of a Python package (PEP 440), in the order that pip puts them.
struct PackageVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  enum Stage: Int, Sendable, Hashable { case alpha, beta, candidate }

  let description: String
  private(set) var epoch = 0
  /// At least one number; zeros at the end count for nothing.
  private(set) var release: [Int] = []
  private(set) var pre: (stage: Stage, number: Int)?
  private(set) var post: Int?
  private(set) var dev: Int?
  /// After `+`, in lower case, `.` between the parts.
  private(set) var local: [String] = []

  /// Nil when the text is no version.
  init?(_ text: String) {
    description = text
    var scan = Scan(Array(text.lowercased().utf8.drop { $0 == UInt8(ascii: " ") }))
    scan.take("v")
    guard let first = scan.number() else { return nil }
    if scan.take("!") {
      epoch = first
      guard let number = scan.number() else { return nil }
      release = [number]
    } else {
      release = [first]
    }
    while let number = scan.part() { release.append(number) }
    readSuffixes(&scan)
    if scan.take("+") {
      guard let parts = scan.local() else { return nil }
      local = parts
    }
    guard scan.isAtEnd else { return nil }
  }

  private mutating func readSuffixes(_ scan: inout Scan) {
    let stages: [(String, Stage)] = [
      ("alpha", .alpha), ("a", .alpha), ("beta", .beta), ("b", .beta), ("preview", .candidate), ("pre", .candidate),
      ("rc", .candidate), ("c", .candidate),
    ]
    for (word, stage) in stages {
      guard let number = scan.suffix(word) else { continue }
      pre = (stage, number)
      break
    }
    for word in ["post", "rev", "r"] {
      guard post == nil, let number = scan.suffix(word) else { continue }
      post = number
    }
    if post == nil, let number = scan.implicitPost() { post = number }
    dev = scan.suffix("dev")
  }

  var isPrerelease: Bool { pre != nil || dev != nil }

  /// The same without what follows `+`.
  var publicPart: PackageVersion {
    var version = self
    version.local = []
    return version
  }

  /// Whether the release begins with these numbers, as `==1.4.*` asks.
  func begins(with prefix: [Int]) -> Bool {
    let padded = release + [Int](repeating: 0, count: max(0, prefix.count - release.count))
    return padded.starts(with: prefix)
  }

  // MARK: Order

  static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }
  func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(trimmed)
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.epoch != right.epoch { return left.epoch < right.epoch }
    if left.trimmed != right.trimmed { return left.trimmed.lexicographicallyPrecedes(right.trimmed) }
    if left.rank != right.rank { return left.rank.lexicographicallyPrecedes(right.rank) }
    return precedes(left.local, right.local)
  }

  private var trimmed: [Int] { Array(release.prefix((release.lastIndex { $0 != 0 } ?? 0) + 1)) }

  /// What comes after the release, as numbers: a development release alone is before every other, a post-release after.
  private var rank: [Int] {
    let stage = pre.map { [$0.stage.rawValue, $0.number] } ?? (post == nil && dev != nil ? [-1, 0] : [9, 0])
    return stage + [post.map { $0 + 1 } ?? 0, dev ?? Int.max]
  }

  private static func precedes(_ left: [String], _ right: [String]) -> Bool {
    for (one, other) in zip(left, right) where one != other {
      switch (Int(one), Int(other)) {
      case (let one?, let other?): return one < other
      case (nil, _?): return true
      case (_?, nil): return false
      case (nil, nil): return one < other
      }
    }
    return left.count < right.count
  }
}

extension PackageVersion {
  /// Reads a version from left to right.
  private struct Scan {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { bytes[index...].allSatisfy { $0 == UInt8(ascii: " ") } }

    @discardableResult mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func number() -> Int? {
      let end = bytes[index...].firstIndex { !ByteSet.digits.contains($0) } ?? bytes.count
      guard end > index, let number = Int(String(decoding: bytes[index..<end], as: UTF8.self)) else { return nil }
      index = end
      return number
    }

    /// `.` and a number.
    mutating func part() -> Int? {
      let before = index
      if take("."), let number = number() { return number }
      index = before
      return nil
    }

    /// `rc1`, `.rc1`, `-rc.1`; without a number it means 0.
    mutating func suffix(_ word: String) -> Int? {
      let before = index
      takeSeparator()
      guard bytes[index...].starts(with: word.utf8) else {
        index = before
        return nil
      }
      index += word.utf8.count
      let after = index
      takeSeparator()
      if let number = number() { return number }
      index = after
      // A longer word is another one.
      if index < bytes.count, ByteSet.letters.contains(bytes[index]) {
        index = before
        return nil
      }
      return 0
    }

    /// `1.0-1`, another way to write `1.0.post1`.
    mutating func implicitPost() -> Int? {
      let before = index
      if take("-"), let number = number() { return number }
      index = before
      return nil
    }

    mutating func local() -> [String]? {
      let rest = bytes[index...].prefix { $0 != UInt8(ascii: " ") }
      index += rest.count
      let parts = rest.split(omittingEmptySubsequences: false) { ByteSet(".-_").contains($0) }
      guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ByteSet.alphanumerics.contains($0) } }) else { return nil }
      return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func takeSeparator() {
      if index < bytes.count, ByteSet(".-_").contains(bytes[index]) { index += 1 }
    }
  }
}
