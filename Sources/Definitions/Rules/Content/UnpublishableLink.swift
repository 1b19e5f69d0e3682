import Diagnostics
import Files

extension Rule {
  static let unpublishableLink: Rule = Rule(
    "SF313",
    summary: "A symbolic link leads to nothing that can be published.",
    explanation: """
      The Hub has no links, so a link is published as the file it leads to: one of the source's own files that is published \
      itself. A link that leads out of the source folder, to a file that no Space gets, or nowhere, fails the plan.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n"], shown: "style.css", space: "sdk: static\n",
      links: ["style.css": "shared/style.css"]),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "base.css": "p { color: red }\n"], shown: "style.css", space: "sdk: static\n",
      links: ["style.css": "apps/chat/base.css"]),
    check: .appFile { file, _, files in
      guard file.isSymbolicLink else { return [] }
      do throws(Failure) {
        _ = try files.target(of: file)
        return []
      } catch {
        return [
          Rule.unpublishableLink.finding(
            error.problem, help: "Replace the link by the file, or name it in `source.ignore`.",
            at: SourceSpan(file: file.source))
        ]
      }
    })
}
