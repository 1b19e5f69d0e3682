import Diagnostics
import SpaceModel
import Testing

@testable import State

@Suite("A lock with merge conflicts") struct LockRepairTests {
  static let head = "{\n  \"version\": 1,\n  \"hub\": \"local\",\n  \"project\": \"demos\",\n  \"spaces\": {\n"
  static let tail = "  }\n}\n"

  @Test func `comes apart into both sides, plain and diff3`() throws {
    let plain = "a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> topic\nb\n<<<<<<< HEAD\n=======\nonly theirs\n>>>>>>> topic"
    let diff3 = plain.replacing("ours\n=======", with: "ours\n||||||| base\nold\n=======")
    for text in [plain, diff3, plain.replacing("\n", with: "\r\n")] {
      let sides = try #require(try ConflictedText(Array(text.utf8), file: "l"))
      let lines = { (bytes: [UInt8]) in
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
      }
      #expect(lines(sides.ours) == ["a", "ours", "b"])
      #expect(lines(sides.theirs) == ["a", "theirs", "b", "only theirs"])
    }
  }

  @Test func `is none when there are no markers, nor when they are inside a string`() throws {
    #expect(try ConflictedText(Array("{\"a\": \"<<<<<<< x\"}\n<<<<<<<<\n".utf8), file: "l") == nil)
  }

  @Test(arguments: [
    "<<<<<<< a\n", "<<<<<<< a\n>>>>>>> b\n", "=======\n<<<<<<< a\n", "<<<<<<< a\n=======\n=======\n>>>>>>> b\n",
  ])
  func `with markers that do not pair is refused with the way out`(text: String) {
    let failure = #expect(throws: Failure.self) { try ConflictedText(Array(text.utf8), file: "spaceform.lock") }
    #expect(failure?.help?.contains("git checkout --merge -- spaceform.lock") == true)
  }

  @Test func `keeps what both say and what one says, and disputes the rest`() throws {
    let text =
      LockRepairTests.head + "    \"a/same\": {\n      \"id\": \"1\"\n    },\n"
      + "<<<<<<< HEAD\n    \"a/mine\": {\n      \"id\": \"2\"\n    },\n    \"a/disputed\": {\n      \"id\": \"3\"\n    }\n"
      + "||||||| base\n    \"a/old\": {\n      \"id\": \"0\"\n    }\n"
      + "=======\n    \"a/theirs\": {\n      \"id\": \"4\"\n    },\n    \"a/disputed\": {\n      \"id\": \"5\"\n    }\n>>>>>>> topic\n"
      + LockRepairTests.tail
    let repair = try #require(try LockRepair.merge(conflicted: Array(text.utf8), file: "spaceform.lock"))
    #expect(repair.lock.spaces.keys.sorted().map(\.description) == ["a/mine", "a/same", "a/theirs"])
    #expect(
      repair.unsettled == [
        LockRepair.Dispute(
          address: try Sample.id("a/disputed"), ours: LockRecord(hubID: "3"), theirs: LockRecord(hubID: "5"))
      ])
    #expect(try LockRepair.merge(conflicted: Array(LockCodec.text(repair.lock).utf8), file: "l") == nil)
  }

  @Test func `disputes both addresses of a Space that one side moved`() throws {
    var ours = try Sample.lock("a/kept")
    var theirs = ours
    ours.spaces[try Sample.id("a/old")] = LockRecord(hubID: "x")
    theirs.spaces[try Sample.id("a/new")] = LockRecord(hubID: "x")
    let repair = try LockRepair.merge(ours: ours, theirs: theirs)
    #expect(repair.unsettled.map(\.address.description) == ["a/new", "a/old"])
    #expect(repair.lock.spaces.keys.map(\.description) == ["a/kept"])
  }

  @Test func `keeps a revision only when both name it`() throws {
    let plain = try Sample.lock("a/b")
    var first = plain
    var second = plain
    first.revision = "r"
    #expect(try LockRepair.merge(ours: first, theirs: second).lock.revision == nil)
    second.revision = "r"
    #expect(try LockRepair.merge(ours: first, theirs: second).lock == first)
  }

  @Test func `of two projects or two Hubs is refused`() {
    let local = Lock(project: "p", hub: "local")
    for other in [Lock(project: "q", hub: "local"), Lock(project: "p", hub: "https://huggingface.co")] {
      #expect(throws: Failure.self) { try LockRepair.merge(ours: local, theirs: other) }
    }
  }

  @Test func `gives the same repair from either side but for the sides' names`() throws {
    let ours = try Sample.lock("a/b", "a/c")
    var theirs = try Sample.lock("a/c", "a/d")
    theirs.spaces[try Sample.id("a/c")]?.preventDestroy = true
    let one = try LockRepair.merge(ours: ours, theirs: theirs)
    let two = try LockRepair.merge(ours: theirs, theirs: ours)
    #expect(one.lock == two.lock)
    #expect(one.unsettled.map(\.address) == two.unsettled.map(\.address))
    #expect(one.unsettled.map(\.ours) == two.unsettled.map(\.theirs))
  }
}
