import Diagnostics
import Testing

@testable import State

@Suite("A lock that cannot be read") struct LockFailureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var problem: String
    var help: String
    var testDescription: String { name }
  }

  static func spaces(_ record: String) -> String {
    #"{"version":1,"project":"p","hub":"local","spaces":{"acme/chat":\#(record)}}"#
  }

  static let cases = [
    Case(name: "empty", text: "", problem: "the file is empty", help: "git checkout -- spaceform.lock"),
    Case(name: "white space", text: " \n\n", problem: "the file is empty", help: "git checkout"),
    Case(
      name: "merge conflict", text: "{\n  \"version\": 1,\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> topic\n}\n",
      problem: "merge conflict markers, the first on line 3", help: "spaceform state repair"),
    Case(
      name: "newer", text: #"{"version":2,"spaces":"anything"}"#,
      problem: "a newer version of spaceform wrote it: its format is 2, and this program reads up to 1",
      help: "Upgrade spaceform"),
    Case(name: "version 0", text: #"{"version":0}"#, problem: "0 is not a version", help: "restore it"),
    Case(name: "no version", text: #"{"project":"p"}"#, problem: "the member version is missing", help: "restore it"),
    Case(name: "version as text", text: #"{"version":"1"}"#, problem: "version is not a whole number", help: "restore it"),
    Case(name: "a list", text: "[]", problem: "the whole value is not a table", help: "restore it"),
    Case(
      name: "not JSON", text: "{\n  \"version\": 1,\n  \"é\": x\n}",
      problem: "it is not JSON at line 3, column 8: expected a value", help: "restore it"),
    Case(
      name: "cut short", text: "{\"version\": 1,\n \"hub\"", problem: "line 2, column 7: the text ends where it should go on",
      help: "restore it"),
    Case(
      name: "an address twice", text: "{\"version\":1,\n\"spaces\":{\n\"a/b\":{},\n\"a/b\":{}}}",
      problem: "line 4, column 1: the member \"a/b\" is there twice, first on line 3", help: "restore it"),
    Case(name: "no id", text: spaces("{}"), problem: #"spaces["acme/chat"] has no member id"#, help: "restore it"),
    Case(name: "empty id", text: spaces(#"{"id":""}"#), problem: #"spaces["acme/chat"].id is empty"#, help: "restore it"),
    Case(
      name: "a number as a variable", text: spaces(#"{"id":"x","variables":{"LOG_LEVEL":1}}"#),
      problem: #"spaces["acme/chat"].variables.LOG_LEVEL is not a table"#, help: "restore it"),
    Case(
      name: "a flag as text", text: spaces(#"{"id":"x","prevent_destroy":"yes"}"#),
      problem: #"spaces["acme/chat"].prevent_destroy is not true or false"#, help: "restore it"),
    Case(
      name: "volumes as a table", text: spaces(#"{"id":"x","volumes":{}}"#),
      problem: #"spaces["acme/chat"].volumes is not a list"#, help: "restore it"),
    Case(
      name: "an unknown kind of volume", text: spaces(#"{"id":"x","volumes":[{"type":"tape","source":"a/b","mount":"/"}]}"#),
      problem: #"spaces["acme/chat"].volumes[0].type cannot be read"#, help: "restore it"),
    Case(
      name: "not a time", text: spaces(#"{"id":"x","secrets":{"K":{"updated_at":"noon"}}}"#),
      problem: #"spaces["acme/chat"].secrets.K.updated_at cannot be read: not an RFC 3339 time: noon"#, help: "restore it"),
    Case(
      name: "a bad address", text: #"{"version":1,"project":"p","hub":"local","spaces":{"chat":{"id":"x"}}}"#,
      problem: "spaces names `chat`, which is not an address", help: "restore it"),
    Case(
      name: "a bad dependency", text: spaces(#"{"id":"x","depends_on":["b"]}"#),
      problem: #"spaces["acme/chat"].depends_on names `b`, which is not an address"#, help: "restore it"),
    Case(
      name: "one Space twice",
      text: #"{"version":1,"project":"p","hub":"local","spaces":{"a/new":{"id":"x"},"a/old":{"id":"x"}}}"#,
      problem: "a/new and a/old have the same id, x", help: "only the new address stays"),
  ]

  @Test(arguments: cases) func `says what is wrong and the way out`(_ test: Case) throws {
    let failure = #expect(throws: Failure.self) { try LockCodec.parse(Array(test.text.utf8), file: "spaceform.lock") }
    #expect(failure?.doing == "reading spaceform.lock")
    #expect(failure?.status == .failure)
    #expect(failure?.problem.contains(test.problem) == true, "\(failure?.problem ?? "")")
    #expect(failure?.help?.contains(test.help) == true, "\(failure?.help ?? "")")
    #expect(failure?.help?.hasSuffix(".") == true)
  }

  @Test func `fails at every length it is cut to, and never otherwise ends`() throws {
    let bytes = Array(LockCodecTests.golden.utf8)
    // Only the last newline may go.
    for length in 0..<(bytes.count - 1) {
      #expect(throws: Failure.self) { try LockCodec.parse(Array(bytes[..<length]), file: "spaceform.lock") }
    }
  }

  @Test func `is told from a good one, or read, with any one byte wrong`() throws {
    let bytes = Array(LockCodecTests.golden.utf8)
    for index in bytes.indices {
      for byte in [0x00, 0x0A, 0x22, 0x3C, 0x5C, 0x7B, 0x7D, 0xC3, 0xFF] as [UInt8] {
        var broken = bytes
        broken[index] = byte
        guard let lock = try? LockCodec.parse(broken, file: "spaceform.lock") else { continue }
        // What is read must be what is written again.
        let text = LockCodec.text(lock)
        #expect(try LockCodec.text(LockCodec.parse(Array(text.utf8), file: "l")) == text)
      }
    }
  }

  @Test func `fails on bottomless nesting instead of running out of stack`() {
    let text = String(repeating: "[", count: 100_000)
    let failure = #expect(throws: Failure.self) { try LockCodec.parse(Array(text.utf8), file: "l") }
    #expect(failure?.problem.contains("more than 64 levels") == true)
  }
}
