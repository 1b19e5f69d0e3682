import Diagnostics

/// The few things that are asked of a code host: comments on change requests, issues, and which change request a commit came from.
public protocol CodeHost: Sendable {
  /// The account that what is posted with the token is by; nil when nobody says.
  func ownName() async throws(Failure) -> String?

  /// The comments of a pull or merge request, oldest first.
  func comments(on change: Int) async throws(Failure) -> [Post]
  /// - Returns: the account that it is by.
  func addComment(_ body: String, to change: Int) async throws(Failure) -> String
  func editComment(_ id: Int, to body: String, on change: Int) async throws(Failure)

  /// Open issues with our label, oldest first.
  func openIssues() async throws(Failure) -> [Post]
  func openIssue(title: String, body: String) async throws(Failure)
  func editIssue(_ number: Int, title: String, body: String) async throws(Failure)
  /// Adds a comment that says why, and closes.
  func closeIssue(_ number: Int, saying: String) async throws(Failure)

  /// The change requests that a commit was merged with.
  func changes(of revision: String) async throws(Failure) -> [Int]
}

/// A comment or an issue.
public struct Post: Hashable, Sendable {
  /// What it is edited by.
  public var id: Int
  public var body: String
  /// The account that wrote it.
  public var author: String
  public var title: String?

  public init(id: Int, body: String, author: String, title: String? = nil) {
    self.id = id
    self.body = body
    self.author = author
    self.title = title
  }
}

/// The label of the issues that Spaceform opens.
enum IssueLabel { static let name = "spaceform" }
