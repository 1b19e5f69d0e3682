import Diagnostics
import SpaceModel

extension Rule {
  static let missingRequirement: Rule = Rule(
    "SF319",
    summary: "The requirements name a file that is not among the Space's files.",
    explanation: """
      A Gradio Space installs `requirements.txt`. A line in it that takes in another file (`-r`, `-c`) or installs a folder or \
      an archive of the Space ends the build when that is missing: misspelt, ignored by git, or left out.
      """,
    failing: RuleExample(
      app: ["app.py": "import gradio\n", "requirements.txt": "pandas\n-r requirements/base.txt\n"], shown: "requirements.txt",
      space: "sdk: gradio\n"),
    passing: RuleExample(
      app: [
        "app.py": "import gradio\n", "requirements.txt": "pandas\n-r requirements/base.txt\n",
        "requirements/base.txt": "httpx\n",
      ], shown: "requirements.txt", space: "sdk: gradio\n"),
    check: .app { files, space, _ in
      guard space.resolvedSDK == .gradio, space.hasOnlySource else { return [] }
      return RequirementFiles(files).all.flatMap { requirements -> [Finding] in
        guard let file = files.files.first(where: { $0.source == requirements.text.file }) else { return [] }
        return requirements.references.compactMap { reference in
          // An absolute path is one of the container, where anything may be.
          guard !reference.path.hasPrefix("/") else { return nil }
          let path = RequirementFiles.path(reference, from: file.path)
          if let path, reference.kind == .package ? files.holds(path) : files[path] != nil { return nil }
          return Rule.missingRequirement.finding(
            "`\(reference.path)` is not among the Space's files",
            help: Suggestion.advice(
              for: path ?? reference.path, among: files.files.map(\.path),
              otherwise: "Add it to \(files.folder), or remove the line; in git, ignored files do not count."),
            at: requirements.text.span(reference.place))
        }
      }
    })
}
