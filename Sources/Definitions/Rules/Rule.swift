import Diagnostics

/// One thing that is checked: its id, what it is for, an example that breaks it and one that keeps it, and the check itself.
public struct Rule: Sendable {
  /// `SF` and three digits; the families are DESIGN section 4.
  public let id: String
  public let severity: Severity
  /// One line.
  public let summary: String
  /// Why it matters and what to do, in a few sentences.
  public let explanation: String
  public let failing: RuleExample
  public let passing: RuleExample
  let check: Check

  /// Who finds it.
  enum Check: Sendable {
    /// The reader, while it makes the tree or holds it against the schema.
    case reading
    case space(@Sendable (SpaceDraft, FleetDraft) -> [Finding])
    case fleet(@Sendable (FleetDraft) -> [Finding])
  }

  init(
    _ id: String, severity: Severity = .error, summary: String, explanation: String, failing: RuleExample, passing: RuleExample,
    check: Check
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.failing = failing
    self.passing = passing
    self.check = check
  }

  /// - Parameter help: one sentence, the way out; no finding is without.
  func finding(_ message: String, help: String, at span: SourceSpan, related: [RelatedSpan] = []) -> Finding {
    Finding(rule: id, severity: severity, message: message, help: help, span: span, related: related)
  }
}

/// A small project that breaks or keeps a rule.
public struct RuleExample: Sendable {
  /// The text of `spaceform.yaml`.
  public let project: String
  /// The other files: path and text.
  public let files: [String: String]
  /// The file that shows the point.
  public let shown: String

  /// An example whose point is in a Space file, `spaces/chat.space.yaml`.
  init(_ space: String, project: String = RuleExample.plainProject, also files: [String: String] = [:]) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": space]) { given, _ in given }
    shown = "spaces/chat.space.yaml"
  }

  /// An example whose point is in `spaceform.yaml`.
  init(project: String, also files: [String: String] = [:]) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": "name: chat\n"]) { given, _ in given }
    shown = "spaceform.yaml"
  }

  static let plainProject = "version: 1\nproject: demos\nowner: acme\n"

  /// The text of the file that shows the point.
  public var text: String { shown == "spaceform.yaml" ? project : files[shown] ?? "" }
}
