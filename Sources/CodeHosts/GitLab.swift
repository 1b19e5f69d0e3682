import Diagnostics
import SpaceModel

/// GitLab's REST interface, version 4: notes of merge requests, and issues.
///
/// The job's own `CI_JOB_TOKEN` may neither read nor write them, so that a project or group access token with the scope `api` is needed.
public struct GitLab: CodeHost {
  private let client: HostClient
  private let project: String

  /// - Parameters:
  ///   - api: `CI_API_V4_URL`.
  ///   - project: the project's number.
  ///   - token: an access token of the project; a job token cannot comment.
  ///   - environment: the process's variables.
  ///   - sleep: waits so many seconds.
  public init(
    api: String, project: String, token: Secret, environment: [String: String],
    sleep: @escaping @Sendable (Double) async -> Void
  ) throws(Failure) {
    self.project = project
    client = try HostClient(
      api: api, headers: [("private-token", token.reveal { $0 })],
      permission: "Set SPACEFORM_GITLAB_TOKEN to a project access token with the scope `api` and the role Reporter or higher.",
      environment: environment, sleep: sleep)
  }

  private var root: String { "projects/\(project)" }

  public func ownName() async throws(Failure) -> String? {
    try await client.call(.get, "user", doing: "asking whose token it is")["username"]?.stringValue
  }

  public func comments(on change: Int) async throws(Failure) -> [Post] {
    try await client.list(
      "\(root)/merge_requests/\(change)/notes?sort=asc&per_page=100", doing: "reading the notes of !\(change)"
    ).filter { $0["system"] != true }.compactMap { json in
      guard let id = json["id"]?.intValue, let body = json["body"]?.stringValue else { return nil }
      return Post(id: id, body: body, author: GitLab.name(json["author"]))
    }
  }

  public func addComment(_ body: String, to change: Int) async throws(Failure) -> String {
    let note = try await client.call(
      .post, "\(root)/merge_requests/\(change)/notes", ["body": .string(body)], doing: "commenting on !\(change)")
    return GitLab.name(note["author"])
  }

  public func editComment(_ id: Int, to body: String, on change: Int) async throws(Failure) {
    _ = try await client.call(
      .put, "\(root)/merge_requests/\(change)/notes/\(id)", ["body": .string(body)], doing: "editing the note on !\(change)")
  }

  public func openIssues() async throws(Failure) -> [Post] {
    try await client.list(
      "\(root)/issues?state=opened&labels=\(IssueLabel.name)&order_by=created_at&sort=asc&per_page=100",
      doing: "looking for open issues"
    ).compactMap { json in
      guard let number = json["iid"]?.intValue else { return nil }
      return Post(
        id: number, body: json["description"]?.stringValue ?? "", author: GitLab.name(json["author"]),
        title: json["title"]?.stringValue)
    }
  }

  public func openIssue(title: String, body: String) async throws(Failure) {
    _ = try await client.call(
      .post, "\(root)/issues",
      ["title": .string(title), "description": .string(body), "labels": .string(IssueLabel.name)], doing: "opening an issue")
  }

  public func editIssue(_ number: Int, title: String, body: String) async throws(Failure) {
    _ = try await client.call(
      .put, "\(root)/issues/\(number)", ["title": .string(title), "description": .string(body)],
      doing: "editing issue #\(number)")
  }

  public func closeIssue(_ number: Int, saying: String) async throws(Failure) {
    _ = try await client.call(
      .post, "\(root)/issues/\(number)/notes", ["body": .string(saying)], doing: "commenting on issue #\(number)")
    _ = try await client.call(
      .put, "\(root)/issues/\(number)", ["state_event": "close"], doing: "closing issue #\(number)")
  }

  public func changes(of revision: String) async throws(Failure) -> [Int] {
    try await client.list(
      "\(root)/repository/commits/\(revision)/merge_requests?per_page=100",
      doing: "looking for the merge request of \(revision.prefix(12))"
    ).filter { $0["state"] == "merged" }.compactMap { $0["iid"]?.intValue }
  }

  private static func name(_ author: JSONValue?) -> String { author?["username"]?.stringValue ?? "" }
}
