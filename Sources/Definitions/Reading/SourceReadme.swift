import Diagnostics
import SpaceModel
import YAML

/// What a source folder's README says in its front matter.
struct SourceReadme: Sendable {
  var file: String
  var sdk: SDK?
  /// Hub's keys; empty when there is no front matter.
  var members: [String: JSONValue]
  /// The same with their places, in their order; a key that is there twice, once.
  var entries: [Card.Member]
  /// Where each key stands in the README.
  var places: [String: SourceSpan]
  var findings: [Finding]
  /// What keeps the front matter from being read as one.
  var flaw: Finding?
  /// What is wrong with each key's value taken by itself, by the Hub's key.
  var valueFindings: [String: [Finding]]
  /// Values that may be secrets, so that no snippet shows them: people take the front matter for a place to declare them.
  var confidential: [SourceSpan]
  /// The front matter is not YAML, so that nobody knows what in it is a value.
  var isUnreadable: Bool

  /// Reads the front matter of a README's bytes.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    members = [:]
    entries = []
    places = [:]
    findings = []
    valueFindings = [:]
    confidential = []
    isUnreadable = false
    guard let yaml = SourceReadme.frontMatter(bytes) else {
      flaw = FrontMatterFlaw.finding(unread: SourceText(bytes, file: file))
      return
    }
    let (node, problems) = YAMLReader.parse(yaml, file: file)
    findings = problems
    isUnreadable = node == nil && !problems.isEmpty
    flaw = node.flatMap { FrontMatterFlaw.finding(root: $0, file: file) }
    for entry in node?.entries ?? [] where members[entry.name] == nil {
      members[entry.name] = entry.value.json
      let layer = Layered.Layer(file: file, isDefault: false, key: entry.key, node: entry.value)
      entries.append(Card.Member(hubName: entry.name, written: entry.name, origin: .readme, value: Layered(layer)))
      places[entry.name] = SourceSpan(file: file, start: entry.key.start, end: entry.value.end)
      let wrong = ShapeCheck.findings(inFrontMatter: entry, file: file)
      if !wrong.isEmpty { valueFindings[entry.name] = wrong }
      if entry.name == "secrets" { confidential += ShapeCheck.values(in: entry.value, file: file) }
    }
    sdk = members["sdk"]?.stringValue.map(SDK.init(rawValue:))
  }

  /// The YAML of a README's front matter, with empty lines where the README's first lines are, so that places count from the
  /// file's beginning; nil when there is none.
  static func frontMatter(_ bytes: [UInt8]) -> [UInt8]? {
    guard let block = FrontMatter.split(String(decoding: bytes, as: UTF8.self)) else { return nil }
    return [UInt8](repeating: UInt8(ascii: "\n"), count: block.yamlStartLine - 1) + Array(block.yaml.utf8)
  }
}
