import Diagnostics
import SpaceModel
import YAML

/// Takes a `README.md` apart into front matter and body (facts hub-api section 5.1).
public enum ReadmeParser {
  /// Nil when there is a block between `---` lines and it is no YAML mapping. A README without such a block has no front matter, and
  /// all of it is body. Of a key that appears twice the first value counts, as the reader of definitions has it.
  public static func parse(_ text: String) -> Readme? {
    let (frontMatter, body, _) = parts(of: text, file: "README.md")
    return frontMatter.map { Readme(frontMatter: $0, body: body, text: text) }
  }

  /// A README of the project. Fails with the place of what is wrong with it.
  /// - Parameters:
  ///   - bytes: what the file holds.
  ///   - file: relative to the project folder.
  public static func read(_ bytes: [UInt8], file: String) throws(Failure) -> Readme {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else {
      throw Failure(doing: "reading \(file)", problem: "the file is not UTF-8 text", help: "Save \(file) as UTF-8.")
    }
    let (frontMatter, body, finding) = parts(of: text, file: file)
    guard let frontMatter else {
      let place = finding.map { " at line \($0.span.start.line), column \($0.span.start.column)" } ?? ""
      throw Failure(
        doing: "reading the front matter of \(file)\(place)",
        problem: finding?.message ?? "the block between the --- lines is not a mapping of keys to values",
        help: "Correct it, or leave the block out and declare `card` in the definition.")
    }
    return Readme(frontMatter: frontMatter, body: body, text: text)
  }

  private static func parts(
    of text: String, file: String
  ) -> (frontMatter: [String: JSONValue]?, body: String, finding: Finding?) {
    guard let (yaml, startLine, body) = FrontMatter.split(text) else { return ([:], withoutMark(text), nil) }
    let (node, findings) = YAMLReader.parse(Array(yaml.utf8), file: file)
    if let node { return (node.json.objectValue, body, nil) }
    guard var finding = findings.first else { return ([:], body, nil) }
    finding.span.start.line += startLine - 1
    finding.span.end.line += startLine - 1
    return (nil, body, finding)
  }

  private static func withoutMark(_ text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
