import CI
import Diagnostics
import Locking

/// Keeps one comment on a change request and one issue of a kind: found by its marker, edited in place, made again when somebody
/// deleted it.
public struct Posting: Sendable {
  private let host: any CodeHost
  private let others: Set<String>
  private let known = Locked<Set<String>?>(nil)

  /// - Parameters:
  ///   - host: where it is posted.
  ///   - others: accounts beside the token's own whose comments and issues are ours too.
  public init(_ host: any CodeHost, others: Set<String> = []) {
    self.host = host
    self.others = others
  }

  /// What was done, for the log.
  public enum Outcome: Hashable, Sendable {
    case added, edited, unchanged, closed, none
    /// By an account that the next run would not look for.
    case addedAsStranger(String)
  }

  /// - Parameters:
  ///   - body: begins with the marker's line.
  ///   - marker: by which the comment is found again.
  ///   - change: the number of the change request.
  public func comment(_ body: String, marker: Marker, on change: Int) async throws(Failure) -> Outcome {
    guard let old = try await ours(try await host.comments(on: change), marker) else {
      let author = try await host.addComment(body, to: change)
      return try await names().contains(author) ? .added : .addedAsStranger(author)
    }
    if old.body == body { return .unchanged }
    try await host.editComment(old.id, to: body, on: change)
    return .edited
  }

  /// As `comment`, where there is one already; nothing where there is none.
  public func revise(_ body: String, marker: Marker, on change: Int) async throws(Failure) -> Outcome {
    guard let old = try await ours(try await host.comments(on: change), marker), old.body != body else { return .none }
    try await host.editComment(old.id, to: body, on: change)
    return .edited
  }

  /// The facts of the marker of the comment on a change request; nil when there is none.
  public func facts(of marker: Marker, on change: Int) async throws(Failure) -> [String: String]? {
    try await ours(try await host.comments(on: change), marker).flatMap { marker.facts(in: $0.body) }
  }

  /// The change requests that a commit was merged with.
  public func changes(of revision: String) async throws(Failure) -> [Int] { try await host.changes(of: revision) }

  public func issue(title: String, _ body: String, marker: Marker) async throws(Failure) -> Outcome {
    guard let old = try await ours(try await host.openIssues(), marker) else {
      try await host.openIssue(title: title, body: body)
      return .added
    }
    if old.body == body, old.title == title { return .unchanged }
    try await host.editIssue(old.id, title: title, body: body)
    return .edited
  }

  /// Closes the issue if it is open.
  public func closeIssue(saying: String, marker: Marker) async throws(Failure) -> Outcome {
    guard let old = try await ours(try await host.openIssues(), marker) else { return .none }
    try await host.closeIssue(old.id, saying: saying)
    return .closed
  }

  /// The oldest with the marker that the account of our token wrote: what somebody else writes, marker or not, is not ours.
  private func ours(_ posts: [Post], _ marker: Marker) async throws(Failure) -> Post? {
    let marked = posts.filter { marker.facts(in: $0.body) != nil }
    guard !marked.isEmpty else { return nil }
    let names = try await names()
    return marked.first { names.contains($0.author) }
  }

  private func names() async throws(Failure) -> Set<String> {
    if let names = known.withLock(\.self) { return names }
    let names = others.union(try await host.ownName().map { [$0] } ?? [])
    known.withLock { $0 = names }
    return names
  }
}
