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

  /// Reads the front matter of a README's bytes.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    members = [:]
    entries = []
    places = [:]
    findings = []
    guard let yaml = SourceReadme.frontMatter(bytes) else { return }
    let (node, problems) = YAMLReader.parse(yaml, file: file)
    findings = problems
    for entry in node?.entries ?? [] where members[entry.name] == nil {
      members[entry.name] = entry.value.json
      let layer = Layered.Layer(file: file, isDefault: false, key: entry.key, node: entry.value)
      entries.append(Card.Member(hubName: entry.name, written: entry.name, origin: .readme, value: Layered(layer)))
      places[entry.name] = SourceSpan(file: file, start: entry.key.start, end: entry.value.end)
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
