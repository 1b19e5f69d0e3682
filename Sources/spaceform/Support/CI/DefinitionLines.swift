import Definitions
import Diagnostics
import Files
import Reports
import SpaceModel
import YAML

/// Finds the line of a definition that has a setting.
struct DefinitionLines {
  /// Where a part of a definition is written that a plan calls by another name.
  private static let names = ["content": "source", "address": "name"]

  private let files: [SpaceID: String]
  private let roots: [String: YAMLNode]
  private let prefix: String

  /// - Parameters:
  ///   - prefix: the project's folder in the repository; `.` for its top.
  ///   - addresses: the Spaces that are asked for.
  init(_ project: Project, prefix: String, addresses: Set<SpaceID>) {
    files = Dictionary(project.fleet.spaces.filter { addresses.contains($0.id) }.map { ($0.id, $0.file) }) { first, _ in first }
    roots = Dictionary(
      Set(files.values).compactMap { file in
        guard let bytes = try? project.tree.read(file), let root = YAMLReader.read(bytes, file: file).root else { return nil }
        return (file, root)
      }, uniquingKeysWith: { first, _ in first })
    self.prefix = prefix == "." ? "" : prefix + "/"
  }

  /// The line of the deepest key of a dotted path that is there; that of the definition's beginning when none is.
  func place(_ address: SpaceID, _ path: String) -> PlanAnnotations.Place? {
    guard let file = files[address], let root = roots[file] else { return nil }
    var (node, line) = (root, root.start.line)
    // A key may have dots in it, so that the rest of the path is tried as a whole first.
    var rest = DefinitionLines.names[path] ?? path
    while !rest.isEmpty {
      let head = rest.split(separator: ".", maxSplits: 1).first.map(String.init) ?? rest
      let name = node[rest] == nil ? head : rest
      guard let entry = node.entries?.first(where: { $0.name == name }) else { break }
      (node, line) = (entry.value, entry.key.start.line)
      rest = name == rest ? "" : String(rest.dropFirst(name.count + 1))
    }
    return PlanAnnotations.Place(file: prefix + file, line: line)
  }
}
