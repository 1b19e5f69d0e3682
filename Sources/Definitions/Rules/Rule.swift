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
    /// The reader, while it makes the tree or holds it against the schema.
    case reading
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
    if case .reading = check { canBeSuppressed = false } else { canBeSuppressed = !isStructural }
    self.hidesText = hidesText
    self.check = check
  }

  /// - Parameter help: one sentence, the way out; no finding is without.
  func finding(
    _ message: String, help: String, at span: SourceSpan, related: [RelatedSpan] = [], fix: Fix? = nil
  ) -> Finding {
    Finding(rule: id, severity: severity, message: message, help: help, span: span, related: related, fix: fix)
  }
}

/// A small project that breaks or keeps a rule.
public struct RuleExample: Sendable {
  /// The text of `spaceform.yaml`.
  public let project: String
  /// The other files: path and text.
  public let files: [String: String]
  /// Which of them may be executed.
  public let executables: Set<String>
  /// Files that are symbolic links, and what they lead to, in the project.
  public let links: [String: String]
  /// Files that have more bytes than their text.
  public let sizes: [String: Int]
  /// The file that shows the point.
  public let shown: String

  /// An example whose point is in a Space file, `spaces/chat.space.yaml`.
  init(
    _ space: String, project: String = RuleExample.plainProject, also files: [String: String] = [:],
    executables: Set<String> = [], sizes: [String: Int] = [:]
  ) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": space]) { given, _ in given }
    self.executables = executables
    self.sizes = sizes
    links = [:]
    shown = "spaces/chat.space.yaml"
  }

  /// An example whose point is in a file of the app in `apps/chat`, which the Space `chat` publishes.
  /// - Parameters:
  ///   - shown: the file, relative to `apps/chat`.
  ///   - space: the Space file; `sdk` and what else matters, `name` and `source` are put before it.
  ///   - app: the files of `apps/chat`, that one included.
  init(
    app: [String: String], shown: String, space: String = "", executables: Set<String> = [], links: [String: String] = [:],
    sizes: [String: Int] = [:]
  ) {
    project = RuleExample.plainProject
    var files = ["spaces/chat.space.yaml": "name: chat\nsource: { path: apps/chat }\n" + space]
    for (path, text) in app { files["apps/chat/" + path] = text }
    self.files = files
    func inFolder<Value>(_ values: [String: Value]) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: values.map { ("apps/chat/" + $0.key, $0.value) })
    }
    self.executables = Set(executables.map { "apps/chat/" + $0 })
    self.links = inFolder(links)
    self.sizes = inFolder(sizes)
    self.shown = "apps/chat/" + shown
  }

  /// An example whose point is in `spaceform.yaml`.
  init(project: String, also files: [String: String] = [:]) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": "name: chat\n"]) { given, _ in given }
    executables = []
    links = [:]
    sizes = [:]
    shown = "spaceform.yaml"
  }

  /// What a card needs to be complete, for examples that are about something else.
  static let look = "emoji: 💬, color_from: blue, color_to: indigo"

  static let plainProject = "version: 1\nproject: demos\nowner: acme\n"

  /// The text of the file that shows the point, as it may be printed: without the tokens that some examples hold.
  public var text: String { SecretMask.masked(shown == "spaceform.yaml" ? project : files[shown] ?? "") }
}
