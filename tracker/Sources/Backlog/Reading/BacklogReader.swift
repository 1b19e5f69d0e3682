import Diagnostics
import Parallel
import YAML

/// From files to a backlog, with everything found wrong on the way.
public enum BacklogReader {
  /// Far above any plan that people keep, so that a file that only claims to be one ends early.
  private static let limits = YAMLLimits(depth: 64, nodes: 4_000_000, bytes: 64 << 20, directives: 1000)

  /// The backlog is nil when the project could not be made out; items that could not are left out of it. Only what reading itself
  /// finds is found; `BacklogChecks` has the rest.
  public static func read(_ source: BacklogSource) -> (backlog: Backlog?, findings: [Finding]) {
    var findings: [Finding] = []
    var projectReader = ProjectReader(file: source.project.name)
    var project: Project?
    if let root = tree(of: source.project, &findings) { project = projectReader.read(root) }
    findings += projectReader.findings
    let hoursPerDay = project?.hoursPerDay ?? 8
    // Files are read side by side, each as if it were the first, and their items moved behind each other afterwards.
    let parts = Array(source.backlog.enumerated()).map { FileToRead(index: $0.offset, file: $0.element) }
      .concurrentMap(stretch: 1) { part in
        var found: [Finding] = []
        var reader = ItemReader(file: part.file.name, fileIndex: part.index, hoursPerDay: hoursPerDay)
        if let root = tree(of: part.file, &found) { reader.read(root, offset: 0) }
        return (items: reader.items, findings: found + reader.findings)
      }
    var items: [Item] = []
    for part in parts {
      findings += part.findings
      let offset = items.count
      items += part.items.map { $0.moved(by: offset) }
    }
    return (project.map { Backlog(project: $0, items: items, files: source.backlog.map(\.name)) }, findings)
  }

  private struct FileToRead: Sendable {
    var index: Int
    var file: BacklogSource.File
  }

  private static func tree(of file: BacklogSource.File, _ findings: inout [Finding]) -> YAMLNode? {
    let document = YAMLReader.read(file.bytes, file: file.name, limits: limits)
    findings += document.findings.map { finding in
      var finding = finding
      finding.rule = BacklogRule.unreadable.id
      return finding
    }
    if document.root == nil, document.findings.isEmpty {
      findings.append(
        .backlog(
          .missingKey, "the file is empty", help: "Write `version: 1` and what it is to hold, or remove the file.",
          SourceSpan(file: file.name)))
    }
    return document.root
  }
}

extension Item {
  /// The same item behind so many others.
  fileprivate func moved(by offset: Int) -> Item {
    guard offset > 0 else { return self }
    var item = self
    item.parent = parent.map { $0 + offset }
    item.children = children.map { $0 + offset }
    return item
  }
}
