import Diagnostics
import Files

/// A project in memory, made out of one input.
struct InputTree: SourceTree {
  private(set) var contents: [String: [UInt8]] = [:]

  private static let project = "version: 1\nproject: demos\nowner: acme\n"

  /// A project file, a Space's file, the README of its source and more Space files, between lines of `=====`; a part alone is the
  /// Space's file.
  init(project input: [UInt8]) {
    let parts = InputTree.parts(of: input)
    contents["spaceform.yaml"] = parts.count > 1 ? parts[0] : Array(InputTree.project.utf8)
    contents["spaces/chat.space.yaml"] = parts.count > 1 ? parts[1] : parts[0]
    contents["app/app.py"] = Array("print()\n".utf8)
    if parts.count > 2 { contents["app/README.md"] = parts[2] }
    for (number, part) in parts.enumerated().dropFirst(3) { contents["spaces/more-\(number).space.yaml"] = part }
  }

  /// A plain project with this file of a Space.
  init(space: [UInt8]) {
    contents["spaceform.yaml"] = Array(InputTree.project.utf8)
    contents["spaces/chat.space.yaml"] = space
  }

  /// A plain project with this README in the source of its Space.
  init(readme: [UInt8]) {
    contents["spaceform.yaml"] = Array(InputTree.project.utf8)
    contents["spaces/chat.space.yaml"] = Array("name: chat\nsource: { path: app }\ncard: { title: Chat }\n".utf8)
    contents["app/README.md"] = readme
  }

  func with(_ changed: [String: [UInt8]]) -> InputTree {
    var tree = self
    tree.contents.merge(changed) { _, new in new }
    return tree
  }

  func read(_ path: String) throws(Failure) -> [UInt8]? { contents[try ProjectPath.normalised(path)] }

  func files(under folder: String) throws(Failure) -> [SourceFile] {
    FileListing(contents.keys.map { SourceFile(path: $0) }).files(under: try ProjectPath.normalised(folder))
  }

  func diskPath(_ path: String) -> String? { nil }

  private static func parts(of input: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var part: [UInt8] = []
    let lines = input.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if line.elementsEqual("=====".utf8) {
        parts.append(part)
        part = []
      } else {
        part += line
        if number < lines.count - 1 { part.append(0x0A) }
      }
    }
    return parts + [part]
  }
}
