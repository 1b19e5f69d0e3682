import Definitions
import Diagnostics
import YAML

/// A fix leaves a file that can be read as one, and what it fixed is gone.
enum FixProperties {
  static func broken(_ loaded: LoadedDefinitions, in tree: InputTree) -> [String] {
    guard loaded.findings.contains(where: { $0.fix != nil }) else { return [] }
    do throws(Failure) {
      let round = try FixRound(loaded.findings) { path in tree.contents[path] }
      let fixed = tree.with(round.files)
      var broken: [String] = []
      for (file, bytes) in round.files where !file.hasSuffix(".md") {
        guard let old = tree.contents[file], YAMLReader.parse(old, file: file).node != nil else { continue }
        if YAMLReader.parse(bytes, file: file).node == nil {
          broken.append("a fix makes \(file) unreadable:\n\(String(decoding: bytes, as: UTF8.self))")
        }
      }
      // Fixing comes to an end: each round leaves less to fix, or what is left needs a person.
      let again = try DefinitionProperties.load(fixed, nil)
      let left = try FixRound(again.findings) { path in fixed.contents[path] }
      if !round.files.isEmpty, fixed.with(left.files).contents == tree.contents {
        broken.append("two rounds of fixes change nothing")
      }
      return broken
    } catch {
      return DefinitionProperties.broken(error)
    }
  }
}
