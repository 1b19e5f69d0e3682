import Diagnostics
import Files

extension Rule {
  static let credentialFile: Rule = Rule(
    "SF414",
    summary: "A file of credentials would be published with a Space.",
    explanation: """
      Tools keep passwords and tokens in files of known names: `.netrc`, `.pypirc`, `.npmrc`, `.git-credentials`, cloud and \
      cluster configurations, Streamlit's `secrets.toml`. One that holds any is published with the rest of the folder unless \
      it is left out. Environment files (`.env`) are never published.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", ".netrc": "machine acme.example login chat password opens-nothing\n"],
      shown: ".netrc", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", ".npmrc": "fund=false\n"], shown: ".npmrc", space: "sdk: static\n"),
    check: .appFile { file, text, _ in
      guard let marks = CredentialFiles.marks(of: file.path), let text, CredentialFiles.holds(marks, text) else { return [] }
      return [
        Rule.credentialFile.finding(
          "`\(file.path)` holds credentials, and would be published",
          help: "Name it in `source.ignore`, and declare what the app needs under `secrets`.",
          at: SourceSpan(file: file.source))
      ]
    })
}
