import SpaceModel

extension Rule {
  static let templateAddress: Rule = Rule(
    "SF118",
    summary: "The template is not a repository's address.",
    explanation: """
      The Hub takes an official template by the address of its repository, such as SpacesExamples/jupyterlab. The title that its \
      pages show is refused.
      """,
    failing: RuleExample("name: chat\ntemplate: JupyterLab\n"),
    passing: RuleExample("name: chat\ntemplate: SpacesExamples/jupyterlab\n"),
    check: .space { space, _ in
      guard let template = space.template, SpaceID(template.value) == nil else { return [] }
      return [
        Rule.templateAddress.finding(
          "`\(template.value)` is not the address of a template",
          help: "Write owner/name of the template's repository, such as SpacesExamples/jupyterlab.", at: template.place.value)
      ]
    })
}
