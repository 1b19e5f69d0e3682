import CI
import Diagnostics
import Testing

@testable import CodeHosts

@Suite("One comment, one issue") struct PostingTests {
  private static let marker = Marker(.plan, folder: ".")

  /// A code host that keeps what it is told.
  private actor Host: CodeHost {
    var posts: [Post]
    var calls: [String] = []
    let name: String?
    let author: String?

    /// - Parameters:
    ///   - name: what it answers when asked whose the token is.
    ///   - author: who comments with the token, when that is somebody else.
    init(_ posts: [Post], name: String? = "bot", author: String? = nil) {
      self.posts = posts
      self.name = name
      self.author = author
    }

    func ownName() async throws(Failure) -> String? { name }
    func comments(on change: Int) async throws(Failure) -> [Post] { posts }
    func addComment(_ body: String, to change: Int) async throws(Failure) -> String {
      calls.append("add to \(change)")
      return author ?? name ?? ""
    }
    func editComment(_ id: Int, to body: String, on change: Int) async throws(Failure) { calls.append("edit \(id)") }
    func openIssues() async throws(Failure) -> [Post] { posts }
    func openIssue(title: String, body: String) async throws(Failure) { calls.append("open \(title)") }
    func editIssue(_ number: Int, title: String, body: String) async throws(Failure) { calls.append("edit issue \(number)") }
    func closeIssue(_ number: Int, saying: String) async throws(Failure) { calls.append("close \(number)") }
    func changes(of revision: String) async throws(Failure) -> [Int] { [] }
  }

  private func post(_ id: Int, _ body: String, by author: String = "bot") -> Post {
    Post(id: id, body: body, author: author)
  }

  private var text: String { PostingTests.marker.line() + "\nnew" }

  @Test("a comment is added where there is none of ours, and edited where there is one")
  func comment() async throws {
    let others = [
      post(1, "about <!-- spaceform:plan . | -->"),
      post(2, PostingTests.marker.line() + "\nforged", by: "eve"),
    ]
    let fresh = Host(others)
    #expect(try await Posting(fresh).comment(text, marker: PostingTests.marker, on: 7) == .added)
    #expect(await fresh.calls == ["add to 7"])
    let known = Host(others + [post(3, PostingTests.marker.line([("digest", "1")]) + "\nold")])
    #expect(try await Posting(known).comment(text, marker: PostingTests.marker, on: 7) == .edited)
    #expect(await known.calls == ["edit 3"])
    #expect(try await Posting(known).facts(of: PostingTests.marker, on: 7) == ["digest": "1"])
    let same = Host([post(3, text)])
    #expect(try await Posting(same).comment(text, marker: PostingTests.marker, on: 7) == .unchanged)
    #expect(await same.calls.isEmpty)
  }

  @Test("with a person's token the person's comment is ours, and nobody else's")
  func person() async throws {
    let posts = [post(1, text + "forged", by: "eve"), post(2, text + "old", by: "ann")]
    let host = Host(posts, name: "ann")
    #expect(try await Posting(host).comment(text, marker: PostingTests.marker, on: 7) == .edited)
    #expect(await host.calls == ["edit 2"])
  }

  @Test("what another program writes is not ours, unless it is said to be")
  func others() async throws {
    let posts = [post(1, text + "forged", by: "echo[bot]"), post(2, text + "old", by: "plan[bot]")]
    let host = Host(posts)
    #expect(try await Posting(host).facts(of: PostingTests.marker, on: 7) == nil)
    #expect(try await Posting(host, others: ["plan[bot]"]).comment(text, marker: PostingTests.marker, on: 7) == .edited)
    #expect(await host.calls == ["edit 2"])
  }

  @Test("a comment that the next run would not find again is told of")
  func stranger() async throws {
    let host = Host([], name: "github-actions[bot]", author: "acme-app[bot]")
    #expect(try await Posting(host).comment(text, marker: PostingTests.marker, on: 7) == .addedAsStranger("acme-app[bot]"))
    let known = Posting(Host([], name: "github-actions[bot]", author: "acme-app[bot]"), others: ["acme-app[bot]"])
    #expect(try await known.comment(text, marker: PostingTests.marker, on: 7) == .added)
  }

  @Test("a comment is revised where it is, and not added where it is not")
  func revise() async throws {
    let none = Host([])
    #expect(try await Posting(none).revise(text, marker: PostingTests.marker, on: 7) == Posting.Outcome.none)
    let known = Host([post(3, PostingTests.marker.line() + "\nold")])
    #expect(try await Posting(known).revise(text, marker: PostingTests.marker, on: 7) == .edited)
    #expect(await known.calls == ["edit 3"])
  }

  @Test("an issue is opened, edited while it is open, and closed")
  func issue() async throws {
    let none = Host([])
    #expect(try await Posting(none).issue(title: "Drift", text, marker: PostingTests.marker) == .added)
    #expect(try await Posting(none).closeIssue(saying: "gone", marker: PostingTests.marker) == Posting.Outcome.none)
    let open = Host([post(5, PostingTests.marker.line() + "\nold")])
    #expect(try await Posting(open).issue(title: "Drift", text, marker: PostingTests.marker) == .edited)
    #expect(try await Posting(open).closeIssue(saying: "gone", marker: PostingTests.marker) == .closed)
    #expect(await open.calls == ["edit issue 5", "close 5"])
  }
}
