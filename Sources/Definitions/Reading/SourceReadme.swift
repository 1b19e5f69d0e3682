import Diagnostics
import SpaceModel
import YAML

/// What a source folder's README says in its front matter.
struct SourceReadme: Sendable {
  var file: String
  var sdk: SDK?
  /// Hub's keys; empty when there is no front matter.
  var members: [String: JSONValue]
  /// Where each key stands in the README.
  var places: [String: SourceSpan]
  var findings: [Finding]

  /// Reads the front matter of a README's bytes.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    members = [:]
    places = [:]
    findings = []
    guard let block = FrontMatter.split(String(decoding: bytes, as: UTF8.self)) else { return }
    let (node, problems) = YAMLReader.parse(Array(block.yaml.utf8), file: file)
    findings = problems.map { SourceReadme.shifted($0, by: block.yamlStartLine - 1) }
    for entry in node?.entries ?? [] where members[entry.name] == nil {
      members[entry.name] = entry.value.json
      var span = entry.key.span(in: file)
      span.start.line += block.yamlStartLine - 1
      span.end = Position(line: entry.value.end.line + block.yamlStartLine - 1, column: entry.value.end.column)
      places[entry.name] = span
    }
    sdk = members["sdk"]?.stringValue.map(SDK.init(rawValue:))
  }

  /// The block's line numbers count from its own beginning; people's count from the file's.
  private static func shifted(_ finding: Finding, by lines: Int) -> Finding {
    var finding = finding
    finding.span = shifted(finding.span, by: lines)
    finding.related = finding.related.map { RelatedSpan(span: shifted($0.span, by: lines), message: $0.message) }
    return finding
  }

  private static func shifted(_ span: SourceSpan, by lines: Int) -> SourceSpan {
    var span = span
    span.start.line += lines
    span.end.line += lines
    return span
  }
}
