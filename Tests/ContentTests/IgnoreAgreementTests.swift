import Files
import Foundation
import Testing

/// Random lists of patterns over one tree, judged by git and by us. A failing list is printed, and can be put among `PathPatternTests.cases`.
@Suite("Lists of patterns made up at random") struct IgnoreAgreementTests {
  /// Names that patterns are about, and names that are near to them.
  private static let names = ["a", "b", "ab", "abc", "a b", "x.txt", "*", "[a]", "a\\", "-", "logs", ".h"]

  private static let paths: [String] = {
    var random = Stream(seed: 1)
    var paths: Set<String> = []
    while paths.count < 70 {
      let depth = 1 + random.next(4)
      let path = (0..<depth).map { _ in names[random.next(names.count)] }.joined(separator: "/")
      // A file cannot be a folder too.
      let isFree = !paths.contains { $0 == path || $0.hasPrefix(path + "/") || path.hasPrefix($0 + "/") }
      if isFree { paths.insert(path) }
    }
    return paths.sorted()
  }()

  // Without `a**`, which git takes for more than its manual says, and without sets that hold a slash.
  private static let pieces = [
    "a", "b", "ab", "a*", "*b", "*", "*", "**", "**", "***", "?", "a?", "??c", "[ab]", "[!a]", "[^a]", "[a-c]", "[c-a]", "[]a]",
    "a\\/b",
    "[[:alpha:]]", "[[:digit:]x]", "[\\]a]", "\\a", "\\*", "\\[a]", "a\\\\", "x.txt", "*.txt", "a b", "logs", ".*", "", "-",
    "[a-]", "[--b]",
    "a\\",
  ]

  private static func pattern(_ random: inout Stream) -> String {
    let body = (0..<1 + random.next(3)).map { _ in pieces[random.next(pieces.count)] }.joined(separator: "/")
    let heads = ["", "", "", "/", "!", "\\!", "#", "\\#", " "]
    let tails = ["", "", "", "/", " ", "\\ ", "  ", "\t", "/**", "//"]
    return heads[random.next(heads.count)] + body + tails[random.next(tails.count)]
  }

  @Test("are decided as git decides")
  func agree() throws {
    let repository = try ScratchRepository()
    for path in Self.paths { try repository.write(path, "x") }
    let asked = Self.paths.joined(separator: "\0")
    for seed in 1...100 {
      var random = Stream(seed: UInt64(seed))
      let patterns = (0..<1 + random.next(4)).map { _ in Self.pattern(&random) }
      try repository.write(".git/info/exclude", patterns.joined(separator: "\n") + "\n")
      let answer = try repository.git(["check-ignore", "--no-index", "-z", "--stdin"], input: asked, orStatus: 1)
      let ignored = Set(answer.split(separator: "\0").map(String.init))
      let list = IgnoreList(patterns)
      let ours = Set(Self.paths.filter(list.ignores))
      #expect(ours == ignored, "list \(seed): \(patterns), differs in \(ours.symmetricDifference(ignored).sorted())")
    }
  }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Stream {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Below a bound.
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
