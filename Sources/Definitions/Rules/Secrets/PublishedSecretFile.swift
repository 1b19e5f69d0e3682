import Diagnostics
import Files

extension Rule {
  static let publishedSecretFile: Rule = Rule(
    "SF412",
    summary: "The file that a secret comes from would be published with a Space.",
    explanation: """
      A secret's `file` lies in a folder that some Space publishes, and nothing leaves it out: the value would be in that \
      Space's repository. Keep such files out of every `source`, and out of git.
      """,
    failing: RuleExample(
      """
      name: chat
      sdk: static
      source: { path: apps/chat }
      secrets: { DEPLOY_KEY: { file: apps/chat/deploy.txt } }

      """, also: ["apps/chat/index.html": "<p>Hello\n", "apps/chat/deploy.txt": "opens-nothing\n"]),
    passing: RuleExample(
      """
      name: chat
      sdk: docker
      source: { path: apps/chat, ignore: [deploy.txt] }
      secrets: { DEPLOY_KEY: { file: apps/chat/deploy.txt } }

      """,
      also: ["apps/chat/Dockerfile": "FROM python:3.12\nEXPOSE 7860\n", "apps/chat/deploy.txt": "opens-nothing\n"]),
    check: .app { files, space, fleet in
      fleet.secretFiles.compactMap { secret in
        guard let inside = ProjectPath.relative(secret.path, to: files.folder), files[inside] != nil,
          let source = space.sourcePath
        else { return nil }
        return Rule.publishedSecretFile.finding(
          "`\(secret.path)` would be published: it lies in a source",
          help: "Move it out of \(files.folder), or name it in `source.ignore`.", at: secret.place.value,
          related: [RelatedSpan(span: source.place.value, message: "this Space publishes it")])
      }
    })
}
