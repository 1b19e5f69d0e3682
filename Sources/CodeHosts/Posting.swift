import CI
import Diagnostics

/// Keeps one comment on a change request and one issue of a kind: found by its marker, edited in place, made again when somebody
/// deleted it.
public struct Posting: Sendable {
  private let host: any CodeHost

  public init(_ host: any CodeHost) { self.host = host }

  /// What was done, for the log.
  public enum Outcome: String, Sendable { case added, edited, unchanged, closed, none }

  /// - Parameter body: begins with the marker's line.
  public func comment(_ body: String, marker: Marker, on change: Int) async throws(Failure) -> Outcome {
    guard let old = await ours(try await host.comments(on: change), marker) else {
      try await host.addComment(body, to: change)
      return .added
    }
    if old.body == body { return .unchanged }
    try await host.editComment(old.id, to: body, on: change)
    return .edited
  }

  /// As `comment`, where there is one already; nothing where there is none.
  public func revise(_ body: String, marker: Marker, on change: Int) async throws(Failure) -> Outcome {
    guard let old = await ours(try await host.comments(on: change), marker), old.body != body else { return .none }
    try await host.editComment(old.id, to: body, on: change)
    return .edited
  }

  /// The facts of the marker of the comment on a change request; nil when there is none.
  public func facts(of marker: Marker, on change: Int) async throws(Failure) -> [String: String]? {
    await ours(try await host.comments(on: change), marker).flatMap { marker.facts(in: $0.body) }
  }

  /// The change requests that a commit was merged with.
  public func changes(of revision: String) async throws(Failure) -> [Int] { try await host.changes(of: revision) }

  public func issue(title: String, _ body: String, marker: Marker) async throws(Failure) -> Outcome {
    guard let old = await ours(try await host.openIssues(), marker) else {
      try await host.openIssue(title: title, body: body)
      return .added
    }
    if old.body == body, old.title == title { return .unchanged }
    try await host.editIssue(old.id, title: title, body: body)
    return .edited
  }

  /// Closes the issue if it is open.
  public func closeIssue(saying: String, marker: Marker) async throws(Failure) -> Outcome {
    guard let old = await ours(try await host.openIssues(), marker) else { return .none }
    try await host.closeIssue(old.id, saying: saying)
    return .closed
  }

  /// The oldest with the marker that a program wrote, or the account of our token: what somebody else writes, marker or not, is not ours.
  private func ours(_ posts: [Post], _ marker: Marker) async -> Post? {
    let marked = posts.filter { marker.facts(in: $0.body) != nil }
    if let found = marked.first(where: \.isByProgram) { return found }
    guard !marked.isEmpty, let name = await host.ownName() else { return nil }
    return marked.first { $0.author == name }
  }
}
