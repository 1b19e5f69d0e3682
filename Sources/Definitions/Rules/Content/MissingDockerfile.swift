import Diagnostics

extension Rule {
  static let missingDockerfile: Rule = Rule(
    "SF303",
    summary: "A Docker Space has no Dockerfile.",
    explanation: """
      The Hub builds a Docker Space from the file `Dockerfile` at the top of its repository. Without it the Space ends in the \
      stage NO_APP_FILE. `sdk` is docker when neither the definition nor the README says another. A Space with a template, or \
      with `prune: false`, may have the file from elsewhere, and is passed by.
      """,
    failing: RuleExample("name: chat\nsdk: docker\nsource: { path: apps/chat }\n", also: ["apps/chat/app.py": "print()\n"]),
    passing: RuleExample(
      "name: chat\nsdk: docker\nsource: { path: apps/chat }\n",
      also: ["apps/chat/Dockerfile": "FROM python:3.12\nEXPOSE 7860\n"]),
    check: .app { files, space, _ in
      guard space.resolvedSDK == .docker, space.hasOnlySource, !files.files.isEmpty, files[Dockerfile.name] == nil,
        let path = space.sourcePath
      else { return [] }
      let similar = files.files.first { $0.path.lowercased() == "dockerfile" || $0.path == "Containerfile" }?.path
      let gradio = files.text("app.py").flatMap { AppFile.usesGradio($0) ? "app.py" : nil }
      let help =
        if let similar { "Rename `\(similar)` to `Dockerfile`." } else if gradio != nil, space.sdk == nil {
          "Add one, or write `sdk: gradio` for the app in app.py."
        } else { "Add one to \(files.folder), or choose another `sdk`." }
      return [
        Rule.missingDockerfile.finding(
          "there is no Dockerfile in `\(path.value)`, and the Space is a Docker Space", help: help, at: path.place.value,
          related: space.sdk.map { [RelatedSpan(span: $0.place.value, message: "docker by this")] } ?? [])
      ]
    })
}
