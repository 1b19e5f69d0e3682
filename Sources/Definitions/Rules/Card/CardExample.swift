extension RuleExample {
  /// A static page in `apps/chat` with this README, which shows the point.
  static func readme(_ text: String) -> RuleExample {
    RuleExample(app: ["README.md": text, "index.html": "<!doctype html>\n<title>Chat</title>\n"], shown: "README.md")
  }

  /// The same, with a README that is complete but for these lines of its front matter.
  static func frontMatter(_ lines: String) -> RuleExample {
    readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n\(lines)---\n# Chat\n")
  }
}
