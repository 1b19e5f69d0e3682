import Diagnostics

extension Rule {
  static let refusedPath: Rule = Rule(
    "SF316",
    summary: "A path has a part that the Hub's own client refuses.",
    explanation: """
      `.cache` is where tools keep what they downloaded; the official client never uploads it, and refuses a path with it. \
      Such a folder among an app's files is there by accident, and often large.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", ".cache/pages.json": "{}\n"], shown: ".cache/pages.json", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "cache/pages.json": "{}\n"], shown: "cache/pages.json", space: "sdk: static\n"),
    check: .app { files, _, _ in
      var seen: Set<String> = []
      return files.files.compactMap { file in
        guard file.path.utf8.count > 7, file.path.contains(".cache/") else { return nil }
        let segments = file.path.split(separator: "/")
        guard let index = segments.dropLast().firstIndex(of: ".cache") else { return nil }
        let folder = segments[...index].joined(separator: "/")
        guard seen.insert(folder).inserted else { return nil }
        return Rule.refusedPath.finding(
          "the Hub's client refuses paths with `.cache`, and `\(folder)` is among the files",
          help: "Add `\(folder)/` to `source.ignore`, or to .gitignore.", at: SourceSpan(file: file.source))
      }
    })
}
