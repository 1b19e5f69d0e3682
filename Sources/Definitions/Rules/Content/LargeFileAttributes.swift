import Diagnostics
import Files
import SpaceModel

extension Rule {
  static let largeFileAttributes: Rule = Rule(
    "SF311",
    summary: "`.gitattributes` sends a file to git-lfs that the Hub must read.",
    explanation: """
      The Hub stores what `.gitattributes` says with git-lfs, and has a pointer of three lines in its place in the repository. \
      The card, the build and the app are read from the repository, and a pointer is none of them.
      """,
    failing: RuleExample(
      app: [
        ".gitattributes": "*.txt filter=lfs diff=lfs merge=lfs -text\n", "app.py": "import gradio\n",
        "requirements.txt": "pandas\n",
      ], shown: ".gitattributes", space: "sdk: gradio\n"),
    passing: RuleExample(
      app: [
        ".gitattributes": "*.safetensors filter=lfs diff=lfs merge=lfs -text\n", "app.py": "import gradio\n",
        "requirements.txt": "pandas\n",
      ], shown: ".gitattributes", space: "sdk: gradio\n"),
    check: .app { files, space, _ in
      var read = ["README.md"]
      switch space.resolvedSDK {
      case .docker: read += [Dockerfile.name, "requirements.txt"]
      case .gradio: read += ["requirements.txt", "packages.txt"] + (AppFile(space).map { [$0.path] } ?? [])
      default: break
      }
      // The card is composed, so that the README is there whatever the source holds.
      return read.filter { $0 == "README.md" || files[$0] != nil }.compactMap { path in finding(path, files) }
    })

  private static func finding(_ path: String, _ files: AppFiles) -> Finding? {
    // A file further down says more about its own folder.
    var folder = ProjectPath.folder(of: path)
    while true {
      let name = folder == "." ? ".gitattributes" : folder + "/.gitattributes"
      if let text = files.text(name), let inside = ProjectPath.relative(path, to: folder),
        let place = GitAttributes(text).largeFilePattern(for: inside)
      {
        return largeFileAttributes.finding(
          "`\(text.text(place))` sends \(path) to git-lfs, and the Hub would read a pointer",
          help: "Narrow the pattern, or add `\(path) !filter !diff !merge text` below it.", at: text.span(place))
      }
      if folder == "." { return nil }
      folder = ProjectPath.folder(of: folder)
    }
  }
}
