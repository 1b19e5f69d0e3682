import Diagnostics
import Files

/// A small project that breaks or keeps a rule.
public struct RuleExample: Sendable {
  /// The text of `spaceform.yaml`.
  public let project: String
  /// The other files: path and text.
  public let files: [String: String]
  /// Which of them may be executed.
  public let executables: Set<String>
  /// The file that shows the point.
  public let shown: String

  /// An example whose point is in a Space file, `spaces/chat.space.yaml`.
  init(
    _ space: String, project: String = RuleExample.plainProject, also files: [String: String] = [:],
    executables: Set<String> = []
  ) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": space]) { given, _ in given }
    self.executables = executables
    shown = "spaces/chat.space.yaml"
  }

  /// An example whose point is in a file of the app in `apps/chat`, which the Space `chat` publishes.
  /// - Parameters:
  ///   - shown: the file, relative to `apps/chat`.
  ///   - space: the Space file; `sdk` and what else matters, `name` and `source` are put before it.
  ///   - app: the files of `apps/chat`, that one included.
  init(app: [String: String], shown: String, space: String = "", executables: Set<String> = []) {
    project = RuleExample.plainProject
    var files = ["spaces/chat.space.yaml": "name: chat\nsource: { path: apps/chat }\n" + space]
    for (path, text) in app { files["apps/chat/" + path] = text }
    self.files = files
    self.executables = Set(executables.map { "apps/chat/" + $0 })
    self.shown = "apps/chat/" + shown
  }

  /// An example whose point is in `spaceform.yaml`.
  init(project: String, also files: [String: String] = [:]) {
    self.project = project
    self.files = files.merging(["spaces/chat.space.yaml": "name: chat\n"]) { given, _ in given }
    executables = []
    shown = RuleExample.projectFile
  }

  static let plainProject = "version: 1\nproject: demos\nowner: acme\n"
  static let projectFile = "spaceform.yaml"

  /// The text of the file that shows the point.
  public var text: String { shown == RuleExample.projectFile ? project : files[shown] ?? "" }

  /// Every file worth showing, the one that shows the point first: a project file that says nothing special is left out.
  public var pages: [(path: String, text: String)] {
    var others = files.filter { $0.key != shown }.sorted { $0.key < $1.key }.map { (path: $0.key, text: $0.value) }
    if shown == RuleExample.projectFile {
      others.removeAll { $0.text == "name: chat\n" }
    } else if project != RuleExample.plainProject {
      others.insert((RuleExample.projectFile, project), at: 0)
    }
    return [(shown, text)] + others
  }

  /// What the checks say of the example, with one rule on whatever its default.
  public func checked(for rule: Rule) throws(Failure) -> LoadedDefinitions {
    try DefinitionLoader.load(
      tree: ExampleTree(self), environment: nil, folderName: "demos",
      options: CheckOptions(rules: RuleSelection(extend: [rule.id])))
  }
}

/// An example's files, as a source tree like any other.
private struct ExampleTree: SourceTree {
  private let texts: [String: String]
  private let listing: FileListing

  init(_ example: RuleExample) {
    texts = example.files.merging([RuleExample.projectFile: example.project]) { given, _ in given }
    listing = FileListing(texts.keys.map { SourceFile(path: $0, isExecutable: example.executables.contains($0)) })
  }

  func read(_ path: String) throws(Failure) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
  func files(under folder: String) throws(Failure) -> [SourceFile] { listing.files(under: folder) }
  func diskPath(_ path: String) -> String? { nil }
}
