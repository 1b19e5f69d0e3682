import Diagnostics
import SpaceModel

extension Rule {
  static let nameCase: Rule = Rule(
    "SF318", severity: .warning,
    summary: "A file has a name that the Hub would read if its letters had another case.",
    explanation: """
      The Hub reads `README.md`, `requirements.txt` and their like by exactly these names. On a disk that makes no \
      difference between upper and lower case, nobody notices that `Readme.md` is another file.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", "Readme.md": "---\ntitle: Chat\n---\n"], shown: "Readme.md", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "README.md": "---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: blue\n---\n"],
      shown: "README.md", space: "sdk: static\n"),
    check: .app { files, space, _ in
      var names = ["README.md", ".gitattributes"]
      switch space.resolvedSDK {
      case .gradio: names += ["requirements.txt", "packages.txt", "pre-requirements.txt"]
      // Without a Dockerfile the Space is dead, which another rule says and which is why.
      case .docker: names += [".dockerignore"] + (space.hasOnlySource ? [] : [Dockerfile.name])
      default: break
      }
      let known = Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
      return files.files.compactMap { file in
        guard !file.path.utf8.contains(UInt8(ascii: "/")), let name = known[file.path.lowercased()], name != file.path,
          files[name] == nil
        else { return nil }
        return Rule.nameCase.finding(
          "the Hub does not read `\(file.path)`: the name is `\(name)`", help: "Rename it to `\(name)`.",
          at: SourceSpan(file: file.source))
      }
    })
}
