import Testing

@testable import Definitions

@Suite("Requirements of a Python app") struct RequirementsTests {
  private static func read(_ text: String) -> Requirements {
    Requirements(SourceText(Array(text.utf8), file: "requirements.txt"))
  }

  @Test("name packages with their conditions, in every way pip reads")
  func packages() {
    let requirements = Self.read(
      """
      # comment
      Gradio[oauth, mcp] >= 5.0, <6 ; python_version > "3.9"  # why
      torch==2.8.0 \\
        --hash=sha256:00
      My.Own_package (~=1.2)
      numpy
      spaces @ https://acme.example/spaces.whl
      bad==
      worse==1.x
      --index-url https://acme.example/simple
      """)
    #expect(requirements.packages.map(\.name) == ["gradio", "torch", "my-own-package", "numpy", "spaces"])
    #expect(requirements.packages.map { $0.specifiers.map(\.text) } == [[">= 5.0", "<6"], ["==2.8.0"], ["~=1.2"], [], []])
    #expect(requirements.packages.map(\.hasMarker) == [true, false, false, false, false])
    #expect(requirements.packages.map(\.hasAddress) == [false, false, false, false, true])
    #expect(requirements.text.text(requirements.packages[0].place) == "Gradio[oauth, mcp] >= 5.0, <6")
  }

  @Test("name the files they take in and install")
  func references() {
    let requirements = Self.read(
      "-r a.txt\n-rb.txt\n--constraint c.txt\n-e .\n./d\ne.whl\n-e git+https://acme.example/f\n-r ${X}\n-r\n")
    #expect(requirements.references.map(\.path) == ["a.txt", "b.txt", "c.txt", ".", "./d", "e.whl"])
    #expect(requirements.references.map(\.kind) == [.requirements, .requirements, .constraints, .package, .package, .package])
  }

  /// In ascending order; those in one row are equal.
  static let ordered: [[String]] = [
    ["1.dev0"], ["1.0.dev456", "1.dev456"], ["1.0a1", "1.0.alpha.1", "1.0-A1"], ["1.0a2.dev456"], ["1.0a12.dev456"], ["1.0a12"],
    ["1.0b1.dev456"], ["1.0b2", "1.0beta2", "1.0_beta-2"], ["1.0b2.post345.dev456"], ["1.0b2.post345"],
    ["1.0rc1.dev456"], ["1.0rc1", "1.0c1", "1.0.preview1"], ["1.0", "1", "v1.0.0", " 1.0 "], ["1.0+abc.5"], ["1.0+abc.7"],
    ["1.0+5"],
    ["1.0.post456.dev34"], ["1.0.post456", "1.0-456", "1.0r456"], ["1.0.15"], ["1.1.dev1"], ["10.0"], ["1!0.1"],
  ]

  @Test("have versions in pip's order")
  func order() throws {
    for (low, row) in Self.ordered.enumerated() {
      for text in row {
        let version = try #require(PackageVersion(text), "\(text)")
        for (high, others) in Self.ordered.enumerated() {
          for other in others {
            let second = try #require(PackageVersion(other))
            #expect((version < second) == (low < high), "\(text) < \(other)")
            #expect((version == second) == (low == high), "\(text) == \(other)")
          }
        }
      }
    }
  }

  @Test(
    "have no versions that are none",
    arguments: ["", "x", "1.", "1.x", "1..2", "1.0+", "1.0+a_", "1.0rcx", "99999999999999999999", "1!"])
  func noVersion(text: String) { #expect(PackageVersion(text) == nil) }

  static let conditions: [(condition: String, allows: [String], refuses: [String])] = [
    ("==5.4.0", ["5.4", "5.4.0+local"], ["5.4.1", "5.4.0rc1"]),
    ("==5.*", ["5.0", "5.49.1", "5.0rc1"], ["4.9", "6.0", "50.1"]),
    ("!=5.1.*", ["5.2", "5"], ["5.1", "5.1.9"]), ("~=5.2", ["5.2", "5.9"], ["5.1", "6.0"]),
    ("~=5.2.1", ["5.2.9"], ["5.3", "5.2.0"]),
    (">=4,", [], []), (">=4.0", ["4", "5"], ["3.9", "4.0rc1"]), ("<5", ["4.99"], ["5.0", "5.0rc1", "5.0.dev1"]),
    ("<5rc2", ["5rc1"], ["5rc2"]), (">4.1", ["4.1.1"], ["4.1", "4.1.post1", "4.1+x"]),
    ("<=5.0", ["5.0+x", "5.0rc1"], ["5.0.1"]),
    ("===5.0", ["5.0"], ["5"]), ("== 1.0+x", ["1.0+X"], ["1.0"]),
  ]

  @Test("have conditions that mean what pip takes them for", arguments: conditions)
  func condition(given: (condition: String, allows: [String], refuses: [String])) throws {
    guard let specifier = VersionSpecifier(given.condition) else {
      #expect(given.allows.isEmpty && given.refuses.isEmpty)
      return
    }
    for text in given.allows { #expect(specifier.allows(try #require(PackageVersion(text))), "\(given.condition) \(text)") }
    for text in given.refuses { #expect(!specifier.allows(try #require(PackageVersion(text))), "\(given.condition) \(text)") }
  }

  @Test("have no conditions that are none", arguments: ["", "5", "=5", "~=5", ">=5.*", "==", "==*", "<>5"])
  func noCondition(text: String) { #expect(VersionSpecifier(text) == nil) }
}
