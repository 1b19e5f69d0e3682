import Diagnostics
import HubAPI
import SpaceModel
import State
import Testing

@testable import spaceform

@Suite("Addresses and disputes")
struct AddressTests {
  @Test("A bare name belongs to the project's owner; without one it is a usage failure")
  func bareNames() throws {
    #expect(try SpaceArgument.address("chat", owner: "acme").description == "acme/chat")
    #expect(try SpaceArgument.address("beta/chat", owner: "acme").description == "beta/chat")
    for text in ["chat", "a/b/c", "a/", ""] {
      let failure = #expect(throws: Failure.self) { try SpaceArgument.address(text, owner: nil) }
      #expect(failure?.status == .usage)
    }
  }

  @Test("A star stands for any text in a name, and in nothing else")
  func patterns() throws {
    #expect(try SpacePattern("acme/*", owner: nil) == SpacePattern("*", owner: "acme"))
    #expect(try SpacePattern("demo-*", owner: "acme").name == "demo-*")
    #expect(try SpacePattern("acme/chat", owner: nil).name == "chat")
    for text in ["*/chat", "*/*", "a*/b", "acme/*/x", "*", "acme/*!", "a/b/*"] {
      let failure = #expect(throws: Failure.self, "\(text)") { try SpacePattern(text, owner: nil) }
      #expect(failure?.status == .usage)
      #expect(failure?.help?.contains("owner/") == true)
    }
  }

  @Test("A shell is offered the Spaces of the lock and of the definitions, and bare names of the project's owner")
  func completion() throws {
    let folder = try ScratchFolder()
    try folder.write("version: 1\nowner: acme\nenvironments: { staging: { owner: beta } }\n", at: "spaceform.yaml")
    try folder.write("name: chat\nsdk: static\n", at: "spaces/chat.space.yaml")
    let old = try #require(SpaceID("other/old"))
    let lock = Lock(project: "x", hub: "local", spaces: [old: LockRecord(hubID: "1")])
    try folder.write(LockCodec.text(lock), at: "spaceform.lock")
    func offered(_ prefix: String, _ more: [String] = []) -> [String] {
      SpaceCompletion.candidates(["spaceform", "logs", "-C", folder.path] + more + [prefix], prefix: prefix)
    }
    #expect(offered("") == ["acme/chat", "chat", "other/old"])
    #expect(offered("acme/") == ["acme/chat"])
    #expect(offered("o") == ["other/old"])
    #expect(offered("", ["--env", "staging"]) == ["beta/chat", "chat"])
    let words = ["spaceform", "-C", folder.path, "plan", "--env"]
    #expect(SpaceCompletion.environments(words + [""], prefix: "") == ["staging"])
    #expect(SpaceCompletion.environments(words + ["p"], prefix: "p").isEmpty)
    // Definitions with errors, and no project at all.
    try folder.write("name: [\n", at: "spaces/chat.space.yaml")
    #expect(offered("") == ["other/old"])
    #expect(SpaceCompletion.candidates(["spaceform", "logs", "-C", folder.path + "/none", ""], prefix: "").isEmpty)
  }

  @Test("The outline of a project is read also where its Spaces have errors, and follows the environment")
  func outline() {
    let text = Array("version: 1\nproject: demos\nowner: acme\nenvironments: { staging: { owner: acme-staging } }\n".utf8)
    let plain = ProjectOutline(text, folderName: "x", environment: nil)
    #expect(plain.name == "demos")
    #expect(plain.owner == "acme")
    #expect(plain.include == ["spaces/**/*.space.yaml"])
    #expect(ProjectOutline(text, folderName: "x", environment: "staging").owner == "acme-staging")
    #expect(ProjectOutline([], folderName: "x", environment: nil).name == "x")
  }

  @Test("Of two records the one with the Space's id stays, of one Space's two the one with its head")
  func disputes() throws {
    let address = try #require(SpaceID("acme/chat"))
    func record(_ id: String, _ commit: String?) -> LockRecord {
      var record = LockRecord(hubID: id)
      record.content = commit.map { RecordedContent(digest: "sha256:0", commit: $0) }
      return record
    }
    var info = SpaceInfo(hubID: "1", address: address)
    info.sha = "bbb"
    func side(_ ours: LockRecord, _ theirs: LockRecord) throws -> LockDecision.Side? {
      let locks = [ours, theirs].map { Lock(project: "demos", hub: "local", spaces: [address: $0]) }
      let repair = try LockRepair.merge(ours: locks[0], theirs: locks[1])
      return LockDecision.decide(try #require(repair.unsettled.first), info).side
    }
    #expect(try side(record("1", nil), record("2", nil)) == .ours)
    #expect(try side(record("2", "bbb"), record("1", "aaa")) == .theirs)
    #expect(try side(record("1", "aaa"), record("1", "bbb")) == .theirs)
    #expect(try side(record("1", "aaa"), record("1", "ccc")) == nil)
    #expect(try side(record("2", nil), record("3", nil)) == nil)
    info.address = try #require(SpaceID("acme/new"))
    #expect(try side(record("1", nil), record("2", nil)) == .neither)
  }
}
