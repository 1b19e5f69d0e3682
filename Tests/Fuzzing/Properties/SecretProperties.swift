import Definitions
import Diagnostics
import Reports
import YAML

/// What people wrote under `secrets` is shown by no finding.
enum SecretProperties {
  static func broken(_ loaded: LoadedDefinitions, in tree: InputTree) -> [String] {
    var report = HumanFindings(texts: loaded.texts, color: false)
    let shown = report.text(loaded.findings)
    let everything = tree.contents.values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    for (file, bytes) in tree.contents where file.hasSuffix(".space.yaml") {
      let text = String(decoding: bytes, as: UTF8.self)
      // What an alias says elsewhere is not ours to hide.
      guard !text.utf8.contains(UInt8(ascii: "*")), let root = YAMLReader.parse(bytes, file: file).node else { continue }
      for secret in root["secrets"]?.entries ?? [] {
        for literal in literals(in: secret.value) where occurrences(of: literal, in: everything) == 1 {
          if occurrences(of: literal, in: shown) > 0 { return ["the secret \(literal) is shown:\n\(shown)"] }
        }
      }
    }
    return []
  }

  /// A definition that holds secrets, and arbitrary bytes after them, be the whole YAML or not.
  static func brokenBehindSecrets(_ input: [UInt8]) -> [String] { broken(planted, input) + broken(plantedInFlow, input) }

  private static func broken(_ planted: String, _ input: [UInt8]) -> [String] {
    let tree = InputTree(space: Array(planted.utf8) + input)
    do throws(Failure) {
      let loaded = try DefinitionProperties.load(tree, nil)
      var report = HumanFindings(texts: loaded.texts, color: false)
      let shown = report.text(loaded.findings)
      return shown.contains("zq7") ? ["a secret before the input is shown:\n\(shown)"] : []
    } catch {
      return DefinitionProperties.broken(error)
    }
  }

  private static let planted = """
    name: chat
    secrets:
      A: zq7plain
      B: { value: zq7flow }
      C: [zq7list, "zq7quoted"]
      "D": |
        zq7block
      E: { env: E, note: zq7note }
      F:
        - zq7deep
    variables: { G: 1 }

    """

  private static let plantedInFlow = "{ name: chat, secrets: { A: zq7plain, B: { value: zq7flow },\nC: [\nzq7list ], D:\n"

  /// Values long enough not to be there by chance.
  private static func literals(in node: YAMLNode) -> [String] {
    if let text = node.string, text.utf8.count >= 12, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return [text] }
    let known: Set<String> = ["env", "file", "command", "version"]
    return (node.elements ?? []).flatMap(literals)
      + (node.entries ?? []).filter { !known.contains($0.name) }.flatMap { literals(in: $0.value) }
  }

  private static func occurrences(of word: String, in text: String) -> Int {
    let word = Array(word.utf8)
    let text = Array(text.utf8)
    guard text.count >= word.count else { return 0 }
    return (0...text.count - word.count).count { text[$0] == word[0] && text[$0..<$0 + word.count].elementsEqual(word) }
  }
}
