import SpaceModel

extension Rule {
  static let pythonVersion: Rule = Rule(
    "SF217",
    summary: "The Python version is not of the form 3.x or 3.x.x.",
    explanation: """
      The Hub builds Gradio Spaces with the Python that `python_version` names, 3.10 when it names none. It takes exact versions, \
      no ranges. In YAML it needs quotes: 3.10 without them is the number 3.1.
      """,
    failing: RuleExample("name: chat\nsdk: gradio\ncard: { python_version: \">=3.10\" }\n"),
    passing: RuleExample("name: chat\nsdk: gradio\ncard: { python_version: \"3.10\" }\n"),
    check: .space { space, _ in
      guard let version = space.card["python_version"]?.text, !isPythonVersion(version.value) else { return [] }
      return [
        Rule.pythonVersion.finding(
          "`\(version.value)` is not a Python version of the form 3.x or 3.x.x",
          help: "Write a version such as \"3.12\", in quotes.", at: version.place.value)
      ]
    })

  static func isPythonVersion(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return (2...3).contains(parts.count) && parts[0] == "3"
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }
}
