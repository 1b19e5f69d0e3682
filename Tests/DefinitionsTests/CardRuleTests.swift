import Diagnostics
import SpaceModel
import Testing

@testable import Definitions

/// Where the rules of cards point, in a definition and in the README of its source alike: `«` and `»` stand around what must be
/// underlined.
@Suite("A finding about a card points at") struct CardRuleMarkerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    /// Lines of the definition beside `name`; of a Space with a README also beside `source`.
    var space = ""
    /// Lines of the front matter, or the whole README when it begins with dashes.
    var readme: String?
    var testDescription: String { rule }
  }

  static let inDefinitions: [Case] = [
    Case(rule: "SF011", space: "card: { app_port: «seven», sdk_version: «4.0» }\n"),
    Case(rule: "SF012", space: "card: { app_port: «70000», header: «Mini» }\n"),
    Case(rule: "SF206", space: "card: { extra: { «colorfrom»: red, «thumnail»: x, mine: 1 } }\n"),
    Case(rule: "SF207", space: "card: { emoji: «💬 chat» }\n"),
    Case(rule: "SF208", space: "card:\n  hf_oauth: true\n  hf_oauth_scopes: [openid, «read-repo», «\"Email\"», jobs]\n"),
    Case(rule: "SF209", space: "card: { hf_oauth: true, hf_oauth_expiration_minutes: «43201» }\n"),
    Case(rule: "SF210", space: "card:\n  hf_oauth: false\n  «hf_oauth_scopes»: [email]\n  «hf_oauth_authorized_org»: acme\n"),
    Case(
      rule: "SF211",
      space:
        "card:\n  custom_headers:\n    «Cross-Origin-Opener-Policy»: «same-site»\n    «x-frame-options»: deny\n"),
    Case(
      rule: "SF212",
      space:
        "card:\n  preload_from_hub:\n  - gpt2\n  - acme/m a.bin,b.bin\n  - «acme/m  a.bin»\n  - «a/b/c»\n  - «acme/m a main»\n  - «acme/m a,,b»\n"
    ),
    Case(rule: "SF213", space: "card: { base_path: «docs» }\n"),
    Case(rule: "SF214", space: "sdk: gradio\ncard: { «app_port»: 8080 }\n"),
    Case(rule: "SF215", space: "sdk: static\ncard: { «base_path»: /docs, «sdk_version»: \"5.0\", app_build_command: make }\n"),
    Case(rule: "SF216", space: "card: { «suggested_storage»: small, extra: { «hardware»: t4-small, «private»: true } }\n"),
    Case(rule: "SF217", space: "sdk: gradio\ncard: { python_version: «\"3\"» }\n"),
    Case(
      rule: "SF218",
      space: "sdk: gradio\nhardware: zero-a10g\ncard: { python_version: «\"3.11\"», sdk_version: «3.50.2» }\n"),
    Case(rule: "SF219", space: "sdk: gradio\ncard: { sdk_version: «4.x» }\n"),
    Case(rule: "SF220", space: "card: { suggested_hardware: «zerogpu» }\n"),
    Case(
      rule: "SF221",
      space: "card: { models: [gpt2, acme/m, «a b»], datasets: [«https://example.org/x»], duplicated_from: «x y» }\n"),
    Case(rule: "SF222", space: "card: { thumbnail: «preview.png» }\n"),
    Case(rule: "SF224", space: "card: { license: mit, «license_name»: x, «license_link»: LICENSE }\n"),
  ]

  static let inReadmes: [Case] = [
    Case(rule: "SF202", readme: "short_description: «\(String(repeating: "long ", count: 13))end»\n"),
    Case(rule: "SF204", readme: "«---»\ntitle: Chat\n\n# Chat\n"),
    Case(rule: "SF204", readme: "«--- »\ntitle: Chat\n---\n"),
    Case(rule: "SF204", readme: "\n---\ntitle: Chat\n«---\t»\n# Chat\n"),
    Case(rule: "SF204", readme: "---\n«- title»\n---\n"),
    Case(rule: "SF204", readme: "---\n«Only words»\n---\n"),
    Case(
      rule: "SF205",
      readme: "python_version: «3.10» # pinned\npinned: «yes»\nheader: «\"Mini\"»\ncolorFrom: «Blue»\napp_port: «70000»\n"),
    Case(
      rule: "SF205",
      readme: "tags: «chat»\nmodels: [acme/m, «7»]\nstartup_duration_timeout: «soon»\nfullWidth: «1»\nsdk_version: «4.0»\n"),
    Case(rule: "SF206", readme: "«color_from»: blue\n«app-file»: app.py\n«thumnail»: x\nmy_key: 1\nlanguage: en\n"),
    Case(rule: "SF207", readme: "emoji: «\":rocket:\"»\n"),
    Case(rule: "SF208", readme: "hf_oauth: true\nhf_oauth_scopes:\n  - «read-repo»\n"),
    Case(rule: "SF209", readme: "hf_oauth: true\nhf_oauth_expiration_minutes: «90000»\n"),
    Case(rule: "SF210", readme: "«hf_oauth_scopes»: [email]\n"),
    Case(rule: "SF211", readme: "custom_headers: { cross-origin-embedder-policy: «credential-less» }\n"),
    Case(rule: "SF212", readme: "preload_from_hub:\n- «acme/m a.bin 12ab»\n"),
    Case(rule: "SF213", readme: "base_path: «'docs'»\n"),
    Case(rule: "SF214", space: "sdk: gradio\n", readme: "«app_port»: 8080\n"),
    Case(rule: "SF215", readme: "«app_build_command»: make\n«sdk_version»: latest\n"),
    Case(
      rule: "SF216",
      readme: "«hardware»: t4-small\n«secrets»: { KEY: abc }\n«variables»: {}\n«suggested_storage»: small\n«storage»: x\n"),
    Case(rule: "SF217", space: "sdk: gradio\n", readme: "python_version: «\"2.7\"»\n"),
    Case(rule: "SF218", space: "sdk: gradio\nhardware: zero-a10g\n", readme: "python_version: «\"3.12.1\"»\n"),
    Case(rule: "SF219", space: "sdk: gradio\n", readme: "sdk_version: «latest»\n"),
    Case(rule: "SF220", readme: "suggested_hardware: «t4-smal»\n"),
    Case(rule: "SF221", readme: "models:\n- «acme/chat 7b»\n"),
    Case(rule: "SF222", readme: "thumbnail: «https://»\n"),
    Case(rule: "SF223", readme: "---\n«title»: Chat\nsdk: docker\ncolorTo: red\n---\n"),
    Case(rule: "SF223", readme: "«»# Chat\n"),
    Case(rule: "SF223", space: "«card»: { title: Chat, color_from: red }\n", readme: "emoji: 💬\n"),
    Case(rule: "SF224", readme: "license: «other»\n"),
    Case(rule: "SF224", readme: "«license_name»: acme-terms\n"),
    Case(rule: "SF225", readme: "---\nsdk: «Gradio»\n---\n"),
  ]

  @Test("the offending part of the definition", arguments: inDefinitions)
  func definition(given: Case) throws {
    let marked = Marked("name: chat\n" + given.space)
    let loaded = try load(space: marked.text)
    #expect(
      loaded.findings.filter { $0.rule == given.rule }.map(\.span) == marked.spans(in: "spaces/chat.space.yaml"))
  }

  @Test("the offending part of the README", arguments: inReadmes)
  func readme(given: Case) throws {
    let lines = try #require(given.readme)
    let isWhole = lines.contains("---") || lines.contains("# Chat")
    let readme = Marked(isWhole ? lines : "---\ntitle: Chat\n\(lines)---\n# Chat\n")
    let space = Marked("name: chat\nsource: { path: app }\n" + given.space)
    let loaded = try load(space: space.text, also: ["app/README.md": readme.text])
    #expect(
      loaded.findings.filter { $0.rule == given.rule }.map(\.span)
        == readme.spans(in: "app/README.md") + space.spans(in: "spaces/chat.space.yaml"))
  }
}

@Suite("A card") struct CardRuleTests {
  /// The rules that find something in a README, warnings about a bare card aside.
  private func rules(readme: String, space: String = "") throws -> [String] {
    try load(space: "name: chat\nsource: { path: app }\n" + space, also: ["app/README.md": readme])
      .findings.map(\.rule).filter { $0 != "SF223" }
  }

  @Test("in a README passes with everything the Hub takes")
  func complete() throws {
    let readme = """
      ---
      title: Chat
      emoji: 💬
      colorFrom: blue
      colorTo: indigo
      sdk: gradio
      sdk_version: "5.49.1"
      python_version: "3.12"
      app_file: app.py
      fullWidth: true
      header: mini
      short_description: Talks
      models: [gpt2, acme/chat-7b]
      datasets: [acme/talk]
      tags: [chat]
      thumbnail: https://example.org/preview.png
      pinned: false
      license: other
      license_name: acme-terms
      license_link: LICENSE
      suggested_hardware: zero-a10g
      hf_oauth: true
      hf_oauth_scopes: [openid, email, inference-api]
      hf_oauth_expiration_minutes: 43200
      hf_oauth_authorized_org: [acme]
      disable_embedding: false
      startup_duration_timeout: 30m
      custom_headers:
        cross-origin-embedder-policy: require-corp
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: cross-origin
      preload_from_hub:
        - acme/chat-7b config.json,model.bin 0123456789abcdef0123456789abcdef01234567
      base_path: /docs
      duplicated_from: acme/old
      dev-mode-folder: src
      metaTitle: Chat
      description: Talks
      mine: { deep: [1, 2] }
      library: x
      ---
      # Chat
      """
    #expect(
      try load(space: "name: chat\nsource: { path: app }\n", also: ["app/README.md": readme, "app/app.py": ""]).findings == [])
  }

  @Test("is judged by what the Hub will read: the definition's value, where both say one")
  func overruled() throws {
    let readme = "---\npinned: yes\nsdk: Docker\nemoji: words\n---\n"
    #expect(try rules(readme: readme) == ["SF205", "SF225", "SF207"])
    let definition = "sdk: docker\ncard: { pinned: true, emoji: 💬 }\n"
    #expect(try Set(rules(readme: readme, space: definition)) == ["SF201"])
  }

  @Test(
    "may leave a key of the README empty, and write a whole number as text",
    arguments: ["license:", "emoji:", "app_port: \"7860\"", "title: \"\"", "sdk:", "tags: []", "hf_oauth: ~\nhf_oauth_scopes:"])
  func lenient(lines: String) throws {
    #expect(try rules(readme: "---\n\(lines)\n---\n") == [])
  }

  @Test("is not looked for where a README only begins with a line", arguments: ["---\n# Chat\n", "----\na: b\n", "---\n", ""])
  func prose(readme: String) throws {
    #expect(try rules(readme: readme) == [])
  }

  @Test("counts its places from the file's beginning, whatever the line ends and marks before it")
  func places() throws {
    let loaded = try load(
      space: "name: chat\nsource: { path: app }\n",
      also: ["app/README.md": "\u{FEFF}\r\n---\r\n# 💬\r\nheader: größe\r\n---\r\n"])
    let span = try #require(loaded.findings.first { $0.rule == "SF205" }?.span)
    #expect(span.start == Position(line: 4, column: 9) && span.end == Position(line: 4, column: 14))
  }

  @Test("is found wrong once, however many Spaces share the README")
  func shared() throws {
    let loaded = try load([
      "spaces/a.space.yaml": "name: a\nsource: { path: app }\n", "spaces/b.space.yaml": "name: b\nsource: { path: app }\n",
      "app/README.md": "---\nheader: big\n---\n",
    ])
    #expect(loaded.findings.map(\.rule).sorted() == ["SF205", "SF223"])
  }

  @Test("shows no value that somebody declared as a secret in a README", arguments: ["secrets:\n  K: ", "secrets: { K: "])
  func confidential(lead: String) throws {
    let end = lead.contains("{") ? " }" : ""
    for text in ["---\n\(lead)canary-5f2c\(end)\n---\n", "---\n\(lead)canary-5f2c\(end)\nbroken: [\n---\n"] {
      let loaded = try load(space: "name: chat\nsource: { path: app }\n", also: ["app/README.md": text])
      #expect(!loaded.findings.isEmpty)
      #expect(loaded.texts["app/README.md"] != nil && !"\(loaded)".contains("canary-5f2c"), "\(text)")
    }
  }

  @Test(
    "takes every kind of emoji",
    arguments: ["💬", "🎙️", "✍️", "✍", "🇪🇺", "1️⃣", "👩‍💻", "❤️", "🫠", "💬🚀", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👍🏽", "⚡", "☕"])
  func emoji(emoji: String) throws {
    #expect(try load(space: "name: chat\ncard: { emoji: \"\(emoji)\" }\n").findings == [])
  }

  @Test("takes nothing else for one", arguments: ["a", "1", "#", "💬 chat", ":x:", " 💬", "—"])
  func noEmoji(text: String) throws {
    #expect(try load(space: "name: chat\ncard: { emoji: \"\(text)\" }\n").findings.map(\.rule) == ["SF207"])
  }

  @Test(
    "takes releases for versions, and no ranges",
    arguments: [
      ("5.49.1", true), ("4", true), ("5.0.0b1", true), ("5.0.0-beta.1", true), ("5.0.0.dev1", true), ("latest", false),
      (">=4", false), ("4.x", false), ("4.0.*", false), ("4.", false), ("4..1", false), ("v4", false), ("4 5", false),
    ])
  func versions(version: String, isRelease: Bool) throws {
    let findings = try load(space: "name: chat\nsdk: gradio\ncard: { sdk_version: \"\(version)\" }\n").findings
    #expect(findings.map(\.rule) == (isRelease ? [] : ["SF219"]))
  }

  @Test(
    "for ZeroGPU pins a Python it has, or the series of one",
    arguments: [
      ("3.12.12", true), ("3.10.13", true), ("3.12", true), ("3.10", true), ("3.1", false), ("3.11", false), ("3.12.1", false),
    ])
  func zeroGPU(version: String, isThere: Bool) throws {
    let findings = try load(
      space: "name: chat\nsdk: gradio\nhardware: zero-a10g\ncard: { python_version: \"\(version)\" }\n"
    ).findings
    #expect(findings.map(\.rule) == (isThere ? [] : ["SF218"]))
  }

  @Test("without a source is not blamed for what the README on the Hub may hold")
  func partial() throws {
    for card in ["{ title: Chat }", "{ hf_oauth_scopes: [email] }", "{ license: other }", "{ license_name: acme-terms }"] {
      #expect(try load(space: "name: chat\ncard: \(card)\n").findings == [])
    }
  }

  @Test("is called bare once, with all that is missing, and not for what is there in another spelling")
  func bare() throws {
    func messages(_ card: String, _ readme: String) throws -> [String] {
      try load(space: "name: chat\nsource: { path: app }\n" + card, also: ["app/README.md": readme])
        .findings.filter { $0.rule == "SF223" }.map(\.message)
    }
    #expect(try messages("", "# Chat\n") == ["the card has no `emoji`, `colorFrom` or `colorTo`"])
    #expect(try messages("card: { title: Chat }\n", "---\nemoji: 💬\n---\n") == ["the card has no `color_from` or `color_to`"])
    #expect(try messages("", "---\nemoji: 💬\ncolorfrom: red\ncolor_to: red\n---\n") == [])
    #expect(try messages("", "---\nemoji:\ncolorFrom: red\ncolorTo: red\n---\n") == ["the card has no `emoji`"])
    #expect(try messages("", "---\nbroken: [\n---\n") == [])
  }

  @Test("of defaults passes by the Spaces that have no use for it")
  func defaults() throws {
    let project = plainProject + "defaults: { card: { app_port: 8080, emoji: 💬, color_from: red, color_to: red } }\n"
    #expect(try load(space: "name: chat\nsdk: gradio\n", project: project).findings == [])
  }
}
