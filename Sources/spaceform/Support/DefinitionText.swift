import SpaceModel
import YAML

/// The text of a new definition file.
enum DefinitionText {
  /// - Parameters:
  ///   - comment: lines above the keys, without their `#`.
  ///   - members: keys in the order they are to stand.
  static func text(comment: [String], _ members: [(String, JSONValue)]) -> String {
    comment.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined() + FrontMatterWriter.text(members)
  }

  /// A value in which nothing is a reference: `${space` is written so that it stands for itself.
  static func escaped(_ value: String) -> String {
    var result = ""
    var rest = value[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("${space") { result += "$" }
      result += "$"
      rest = rest.dropFirst()
    }
    return result + rest
  }
}
