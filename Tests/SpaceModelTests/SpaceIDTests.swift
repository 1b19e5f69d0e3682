import SpaceModel
import Testing

@Suite("An address of a Space") struct SpaceIDTests {
  @Test(arguments: ["acme/chat", "a/b", "A_1/b.c-d", "9/_", "acme/x.gitx"]) func `comes back as it was read`(text: String)
    throws
  {
    let id = try #require(SpaceID(text))
    #expect(id.description == text)
    #expect(SpaceID(owner: id.owner, name: id.name) == id)
  }

  @Test(arguments: [
    "", "/", "a/", "/b", "chat", "a/b/c", "a b/c", "a/-b", "a/b-", "a/.b", "a/b.", "a/b--c", "a/b..c", "a/b.git", "é/b", "a/💬",
    "a/b\n", "a/" + String(repeating: "x", count: 97),
  ]) func `is nothing else`(text: String) {
    #expect(SpaceID(text) == nil)
  }

  @Test func `may be 96 characters a segment`() {
    let segment = String(repeating: "x", count: 96)
    #expect(SpaceID("\(segment)/\(segment)") != nil)
  }

  @Test func `is ordered by owner, then name, as bytes`() throws {
    let texts = ["Z/a", "a/B", "a/b", "a/b.c", "a/b_c", "a-b/a", "b/a"]
    let sorted = try texts.map { try #require(SpaceID($0)) }.shuffled().sorted()
    #expect(sorted.map(\.description) == ["Z/a", "a/B", "a/b", "a/b.c", "a/b_c", "a-b/a", "b/a"])
  }

  @Test(arguments: [("acme/chat", "acme-chat"), ("Acme/My_App.v2", "acme-my-app-v2")]) func `predicts its subdomain`(
    text: String, subdomain: String
  ) {
    #expect(SpaceID(text)?.predictedSubdomain == subdomain)
  }
}
