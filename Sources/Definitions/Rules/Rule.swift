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
  /// Whether it counts when nobody chose rules.
  public let isOnByDefault: Bool
  /// Whether a comment may silence it: not what leaves the reader without a value that a plan needs.
  public let canBeSuppressed: Bool
  /// Whether what its findings point at may be a secret, so that no snippet shows it.
  let hidesText: Bool
  let check: Check

  /// Who finds it.
  enum Check: Sendable {
    /// The reader, while it makes the tree.
    case reading
    /// The reader, when it holds the tree against the schema: the JSON Schema refuses the same.
    case schema
    case space(@Sendable (SpaceDraft, FleetDraft) -> [Finding])
    case fleet(@Sendable (FleetDraft) -> [Finding])
    /// For each Space with a source folder: what its files are and say.
    case app(@Sendable (AppFiles, SpaceDraft, FleetDraft) -> [Finding])
    /// For each text there is: the project file, definitions, READMEs and the files of apps.
    case text(@Sendable (SourceText) -> [Finding])
    /// For each file that a Space would get, once however many Spaces share it; its text, where it is one.
    case appFile(@Sendable (AppFiles.File, SourceText?, AppFiles) -> [Finding])
    /// For each thing in a text that looks like a secret; the texts are those of `text`.
    case secret(@Sendable (SecretScanner.Match, SourceText, TextOrigin) -> [Finding])
  }

  /// What a text is: the project file or a definition, or a file of an app.
  enum TextOrigin: Sendable { case definition, app }

  /// - Parameter isStructural: there is no fleet without it, so no comment silences it; so with every rule of the reader.
  init(
    _ id: String, severity: Severity = .error, isOnByDefault: Bool = true, isStructural: Bool = false,
    hidesText: Bool = false, summary: String, explanation: String, failing: RuleExample, passing: RuleExample, check: Check
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.failing = failing
    self.passing = passing
    self.isOnByDefault = isOnByDefault
    switch check {
    case .reading, .schema: canBeSuppressed = false
    default: canBeSuppressed = !isStructural
    }
    self.hidesText = hidesText
    self.check = check
  }

  /// Whether the JSON Schema refuses what this rule refuses.
  public var isInSchema: Bool { if case .schema = check { true } else { false } }

  /// - Parameter help: one sentence, the way out; no finding is without.
  func finding(
    _ message: String, help: String, at span: SourceSpan, related: [RelatedSpan] = [], fix: Fix? = nil
  ) -> Finding {
    Finding(rule: id, severity: severity, message: message, help: help, span: span, related: related, fix: fix)
  }
}
