extension Rule {
  static let readmeValue: Rule = Rule(
    "SF205",
    summary: "A value in a README's front matter is not one its key takes.",
    explanation: """
      Front matter is held to the same types, words and bounds as `card` in a definition. It is read by YAML 1.2: `yes` is text, \
      and `3.10` without quotes is the number 3.1. A key that the definition's card overrules is not judged, and one without a \
      value is as good as absent.
      """,
    failing: .frontMatter("python_version: 3.10\npinned: yes\nheader: Mini\n"),
    passing: .frontMatter("python_version: \"3.10\"\npinned: true\nheader: mini\n"),
    check: .space { space, _ in
      guard let readme = space.readme, !readme.valueFindings.isEmpty else { return [] }
      return readme.valueFindings.flatMap { key, findings in
        space.card[key]?.origin == .readme ? findings : []
      }
    })
}
