import Diagnostics
import YAML

/// A definition file as parsed and held against its keys.
struct ReadFile: Sendable {
  let file: String
  let bytes: [UInt8]
  /// Nil when there is no tree to go on with.
  private(set) var root: YAMLNode?
  let findings: [Finding]
  /// Values that may be secrets, so that no snippet shows them.
  let confidential: [SourceSpan]
  /// What its comments silence.
  let suppressions: Suppressions
  /// It is not YAML, so that nobody knows what in it is a value.
  let isUnreadable: Bool

  /// - Parameter what: the file's kind, for messages: `spaceform.yaml`, `the Space file`.
  init(_ bytes: [UInt8], file: String, _ table: KeyTable, what: String) {
    self.file = file
    self.bytes = bytes
    let document = YAMLReader.read(bytes, file: file)
    let (root, problems) = (document.root, document.findings)
    self.root = root
    suppressions = Suppressions(SourceText(bytes, file: file), document: document)
    isUnreadable = root == nil && !problems.isEmpty
    guard let root else {
      confidential = []
      findings =
        isUnreadable
        ? problems
        : [
          Rule.emptyFile.finding(
            "\(what) is empty", help: "Write `\(table.required[0].name)` and what else it needs, or remove the file.",
            at: SourceSpan(file: file))
        ]
      return
    }
    var check = ShapeCheck(file: file)
    check.check(root: root, table, what: what)
    findings = problems + check.findings
    confidential = check.confidential
  }

  /// The same without the tree, which is large and of no use once it is read.
  var withoutTree: ReadFile {
    var file = self
    file.root = nil
    return file
  }
}
