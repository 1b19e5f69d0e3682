import Diagnostics
import Files

extension Rule {
  static let gradioConflict: Rule = Rule(
    "SF308",
    summary: "The card's `sdk_version` and the requirements ask for different versions of Gradio.",
    explanation: """
      The Hub installs `gradio` in the version that `sdk_version` names, together with `requirements.txt`. When that file \
      allows only others, the build fails. A requirement with a marker, or from an address, is not judged.
      """,
    failing: RuleExample(
      "name: chat\nsdk: gradio\nsource: { path: apps/chat }\ncard: { sdk_version: \"5.4.0\" }\n",
      also: ["apps/chat/app.py": "import gradio\n", "apps/chat/requirements.txt": "gradio<5\n"]),
    passing: RuleExample(
      "name: chat\nsdk: gradio\nsource: { path: apps/chat }\ncard: { sdk_version: \"5.4.0\", \(RuleExample.look) }\n",
      also: ["apps/chat/app.py": "import gradio\n", "apps/chat/requirements.txt": "gradio[oauth]>=5,<6\n"]),
    check: .app { files, space, _ in
      guard space.resolvedSDK == .gradio, let member = space.card["sdk_version"], let text = member.json.stringValue,
        let version = PackageVersion(text)
      else { return [] }
      for requirements in RequirementFiles(files).all {
        for package in requirements.packages where package.name == "gradio" && !package.hasMarker {
          guard let refusing = package.specifiers.first(where: { !$0.allows(version) }) else { continue }
          let file = ProjectPath.name(of: requirements.text.file)
          return [
            Rule.gradioConflict.finding(
              "`sdk_version` is \(text), and \(file) allows only gradio\(refusing.text)",
              help: "Name one version in both, or leave gradio out of the requirements: the Hub installs it.",
              at: member.place.value,
              related: [RelatedSpan(span: requirements.text.span(package.place), message: "this excludes \(text)")])
          ]
        }
      }
      return []
    })
}
