import Diagnostics
import SpaceModel
import YAML

/// What holds of the YAML reader, whatever the bytes.
enum YAMLProperties {
  private static let file = "input.yaml"

  static func broken(by input: [UInt8]) -> [String] {
    let document = YAMLReader.read(input, file: file)
    let again = YAMLReader.read(input, file: file)
    var broken: [String] = []
    if document.root != again.root || document.findings != again.findings {
      broken.append("reading twice gives two results")
    }
    broken += FindingProperties.broken(
      document.findings, in: [file: input], texts: [file: String(decoding: input, as: UTF8.self)])
    guard let root = document.root else { return broken }

    var walk = TreeWalk(TextLayout(input))
    walk.visit(root, depth: 1)
    let limits = YAMLLimits()
    if walk.depth > limits.depth { broken.append("the tree is \(walk.depth) levels deep") }
    if walk.nodes > limits.nodes { broken.append("the tree has \(walk.nodes) nodes") }
    broken += walk.broken
    if let members = root.json.objectValue { broken += written(members) }
    return broken
  }

  /// What the writer of front matter makes of the values must read back as the same values.
  private static func written(_ members: [String: JSONValue]) -> [String] {
    let text = FrontMatterWriter.text(members.map { ($0.key, $0.value) })
    let (node, findings) = YAMLReader.parse(Array(text.utf8), file: "written.yaml")
    guard findings.isEmpty else { return ["what the writer wrote has findings: \(findings[0].message)\n\(text)"] }
    let read = node?.json ?? .object([:])
    guard read.canonicalText == JSONValue.object(members).canonicalText else {
      return ["what the writer wrote reads back as something else:\n\(text)"]
    }
    return []
  }
}

/// Looks at every node of a tree once.
private struct TreeWalk {
  private let layout: TextLayout
  private(set) var nodes = 0
  private(set) var depth = 0
  private(set) var broken: [String] = []

  init(_ layout: TextLayout) { self.layout = layout }

  mutating func visit(_ node: YAMLNode, depth: Int) {
    nodes += 1
    self.depth = max(self.depth, depth)
    let span = node.span(in: "node")
    if !layout.holds(span) { broken.append("a node lies out of the text: \(FindingProperties.words(span))") }
    for element in node.elements ?? [] { visit(element, depth: depth + 1) }
    for entry in node.entries ?? [] {
      if entry.value.start < entry.key.start, entry.value.end > entry.key.start {
        broken.append("a key stands inside its value: \(FindingProperties.words(span))")
      }
      visit(entry.key, depth: depth + 1)
      visit(entry.value, depth: depth + 1)
    }
  }
}
