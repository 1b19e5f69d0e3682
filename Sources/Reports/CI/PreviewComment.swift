import CI
import Diagnostics
import HubAPI
import SpaceModel

/// The preview of a change request, as the comment that its reviewers read.
public struct PreviewComment {
  /// A copy, and what it is a copy of.
  public struct Copy: Sendable, Hashable {
    public var origin: SpaceID
    public var address: SpaceID
    /// What the Hub says of it; nil when it is not there.
    public var live: SpaceInfo?

    public init(origin: SpaceID, address: SpaceID, live: SpaceInfo?) {
      self.origin = origin
      self.address = address
      self.live = live
    }

    /// Where the app answers, once the Hub has said so.
    public var url: String? { live?.host }
  }

  private let context: JobContext

  public init(_ context: JobContext) { self.context = context }

  private var head: String {
    context.marker(.preview).line() + "\n### Spaceform: preview of \(MarkdownText.escaped(context.title))\n\n"
  }

  /// - Parameters:
  ///   - copies: in the order they are to be shown.
  ///   - endpoint: of the Hub.
  ///   - lifetime: after which the preview is removed when nothing changes.
  ///   - secretsLeftOut: keys that the copies go without.
  ///   - failures: what did not work, as it is said on a terminal.
  public func text(
    _ copies: [Copy], endpoint: String, lifetime: TimeSpan, secretsLeftOut: [String], failures: [Failure] = []
  ) -> String {
    let rows = copies.prefix(200).map { copy in
      var links = ["<a href=\"\(endpoint)/spaces/\(copy.address)\">\(copy.address)</a>"]
      if let url = copy.url, JobContext.isLink(url) { links.insert("<a href=\"\(url)\">open the app</a>", at: 0) }
      let stage = copy.live?.runtime?.stage.rawValue.lowercased().replacing("_", with: " ") ?? "not there yet"
      return "| <code>\(copy.origin)</code> | \(links.joined(separator: " · ")) | \(MarkdownText.escaped(stage)) |\n"
    }
    var text = head
    if !rows.isEmpty { text += "| Space | preview | state |\n|---|---|---|\n" + rows.joined() }
    if copies.count > rows.count { text += "\nand \(copies.count - rows.count) more\n" }
    for failure in failures.prefix(10) {
      let lines = FailureText.text(failure, style: .plain).split(separator: "\n", omittingEmptySubsequences: false)
      text += "\n" + MarkdownText.fenced(lines.prefix(40).map(String.init), language: "text") + "\n"
    }
    text += "\nPrivate: it opens for who is logged in and may read the owner's Spaces."
    if !secretsLeftOut.isEmpty {
      let keys = secretsLeftOut.map { "<code>\(MarkdownText.escaped($0))</code>" }.joined(separator: ", ")
      text += " It has no \(keys): <code>preview.secrets</code> in <code>spaceform.yaml</code> says which secrets it gets."
    }
    return text + " It is removed when this is merged or closed, or \(lifetime) after its last change.\n\n" + context.footer
  }

  /// The run did not get to its end.
  public func text(_ failure: Failure) -> String {
    let lines = FailureText.text(failure, style: .plain).split(separator: "\n", omittingEmptySubsequences: false)
    return head + MarkdownText.fenced(lines.prefix(100).map(String.init), language: "text") + "\n\n" + context.footer
  }

  /// Nothing that this changes can be looked at.
  public var textWithout: String { head + "This changes no Space, so that there is nothing to preview.\n\n" + context.footer }

  public enum Reason: Sendable { case closed, expired(TimeSpan) }

  public func text(removed count: Int, _ reason: Reason) -> String {
    let why =
      switch reason {
      case .closed: "this is merged or closed"
      case .expired(let lifetime): "nothing changed for \(lifetime); the next push brings it back"
      }
    return head + "The preview is removed (\(counted(count, "Space"))): \(why).\n\n" + context.footer
  }
}
