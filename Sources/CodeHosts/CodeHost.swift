import Diagnostics

/// The few things that are asked of a code host: comments on change requests, issues, and which change request a commit came from.
public protocol CodeHost: Sendable {
  /// The account that the token is of; nil when it may not ask.
  func ownName() async -> String?

  /// The comments of a pull or merge request, oldest first.
  func comments(on change: Int) async throws(Failure) -> [Post]
  func addComment(_ body: String, to change: Int) async throws(Failure)
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
  /// Whether the account that wrote it is a program's.
  public var isByProgram: Bool
  public var title: String?

  public init(id: Int, body: String, author: String, isByProgram: Bool, title: String? = nil) {
    self.id = id
    self.body = body
    self.author = author
    self.isByProgram = isByProgram
    self.title = title
  }
}

/// The label of the issues that Spaceform opens.
enum IssueLabel { static let name = "spaceform" }
