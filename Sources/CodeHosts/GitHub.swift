import Diagnostics
import SpaceModel

/// GitHub's REST interface, version 2022-11-28: issue comments, which those of pull requests are, and issues.
public struct GitHub: CodeHost {
  private let client: HostClient
  private let repository: String

  /// - Parameters:
  ///   - api: `GITHUB_API_URL`.
  ///   - repository: `owner/name`.
  ///   - token: the job's `GITHUB_TOKEN`, or another one.
  ///   - environment: the process's variables.
  ///   - sleep: waits so many seconds.
  public init(
    api: String, repository: String, token: Secret, environment: [String: String],
    sleep: @escaping @Sendable (Double) async -> Void
  ) throws(Failure) {
    self.repository = repository
    client = try HostClient(
      api: api,
      headers: [
        ("authorization", token.reveal { "Bearer " + $0 }), ("accept", "application/vnd.github+json"),
        ("x-github-api-version", "2022-11-28"),
      ],
      permission: "Give the job `permissions: { contents: read, pull-requests: write, issues: write }`.",
      environment: environment, sleep: sleep)
  }

  private var root: String { "repos/\(repository)" }

  /// The account that a job's own token posts as. Tokens of apps may not ask who they are.
  private static let actions = "github-actions[bot]"

  public func ownName() async throws(Failure) -> String? {
    do throws(Failure) {
      return try await client.call(.get, "user", doing: "asking whose token it is")["login"]?.stringValue
    } catch {
      guard error.status == .notAllowed else { throw error }
      return GitHub.actions
    }
  }

  public func comments(on change: Int) async throws(Failure) -> [Post] {
    try await client.list("\(root)/issues/\(change)/comments?per_page=100", doing: "reading the comments of #\(change)")
      .compactMap(GitHub.post)
  }

  public func addComment(_ body: String, to change: Int) async throws(Failure) -> String {
    GitHub.author(
      try await client.call(
        .post, "\(root)/issues/\(change)/comments", ["body": .string(body)], doing: "commenting on #\(change)"))
  }

  public func editComment(_ id: Int, to body: String, on change: Int) async throws(Failure) {
    _ = try await client.call(
      .patch, "\(root)/issues/comments/\(id)", ["body": .string(body)], doing: "editing the comment on #\(change)")
  }

  public func openIssues() async throws(Failure) -> [Post] {
    try await client.list(
      "\(root)/issues?state=open&labels=\(IssueLabel.name)&sort=created&direction=asc&per_page=100",
      doing: "looking for open issues"
    ).filter { $0["pull_request"] == nil }.compactMap(GitHub.issue)
  }

  public func openIssue(title: String, body: String) async throws(Failure) {
    _ = try await client.call(
      .post, "\(root)/issues", ["title": .string(title), "body": .string(body), "labels": [.string(IssueLabel.name)]],
      doing: "opening an issue")
  }

  public func editIssue(_ number: Int, title: String, body: String) async throws(Failure) {
    _ = try await client.call(
      .patch, "\(root)/issues/\(number)", ["title": .string(title), "body": .string(body)], doing: "editing issue #\(number)")
  }

  public func closeIssue(_ number: Int, saying: String) async throws(Failure) {
    _ = try await addComment(saying, to: number)
    _ = try await client.call(
      .patch, "\(root)/issues/\(number)", ["state": "closed", "state_reason": "completed"], doing: "closing issue #\(number)")
  }

  public func changes(of revision: String) async throws(Failure) -> [Int] {
    try await client.list(
      "\(root)/commits/\(revision)/pulls?per_page=100", doing: "looking for the pull request of \(revision.prefix(12))"
    ).filter { $0["merged_at"]?.stringValue != nil }.compactMap { $0["number"]?.intValue }
  }

  private static func post(_ json: JSONValue) -> Post? {
    guard let id = json["id"]?.intValue, let body = json["body"]?.stringValue else { return nil }
    return Post(id: id, body: body, author: author(json))
  }

  private static func issue(_ json: JSONValue) -> Post? {
    guard let number = json["number"]?.intValue else { return nil }
    return Post(
      id: number, body: json["body"]?.stringValue ?? "", author: author(json),
      title: json["title"]?.stringValue)
  }

  private static func author(_ json: JSONValue) -> String { json["user"]?["login"]?.stringValue ?? "" }
}
