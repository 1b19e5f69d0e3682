import Diagnostics
import Testing

@testable import Definitions
@testable import Reports

@Suite("Rules about secrets") struct SecretRuleTests {
  private static let token = ExampleToken.huggingFace
  private static let page = ["app/index.html": "<p>Hello\n"]
  private static let space = "name: chat\nsdk: static\nsource: { path: app }\n"

  @Test("point at the token, in a definition, a README and a file of an app")
  func places() throws {
    let loaded = try load(
      space: Self.space + "variables: { A: \"x \(Self.token)\" }\n",
      also: Self.page.merging([
        "app/README.md": "Use \(Self.token)\n", "app/a.js": "é('\(Self.token)')\n", "app/b.bin": "\0\(Self.token)\n",
      ]) { $1 })
    let found = loaded.findings.filter { $0.rule == "SF407" }
    #expect(found.map(\.span.file) == ["app/README.md", "app/a.js", "spaces/chat.space.yaml"])
    #expect(
      found.map(\.span.start) == [Position(line: 1, column: 5), Position(line: 1, column: 4), Position(line: 4, column: 20)])
    #expect(found.allSatisfy { $0.span.end.column - $0.span.start.column == Self.token.count })
    #expect(found.first?.message == "a Hugging Face access token stands in the file")
  }

  /// Every place where a token may be pasted in the belief that something else belongs there.
  static let pasted: [String] = [
    "hardware: TOKEN\n", "sleep_time: TOKEN\n", "visibility: TOKEN\n", "TOKEN: 1\n", "region: TOKEN\n", "owner: TOKEN-x\n",
    "secrets: { K: TOKEN }\n", "secrets: { K: { file: TOKEN, TOKEN: x } }\n", "secrets: { TOKEN: { env: x } }\n",
    "variables: { \"TOKEN-\": x, A: \"${space.TOKEN.url}\" }\n", "depends_on: [TOKEN]\n", "moved_from: TOKEN\n",
    "replicas: TOKEN\n",
    "source: { path: TOKEN }\n", "source: { path: app, ignore: TOKEN }\n", "lifecycle: { ignore_changes: [TOKEN] }\n",
    "volumes: [{ type: TOKEN, source: TOKEN, mount: TOKEN }]\n", "card: { TOKEN: x, extra: { title: TOKEN } }\n", "x: [TOKEN\n",
    "# spaceform: ignore TOKEN\n", "name: TOKEN\n", "template: \"https://user:TOKEN@host\"\n", "resource_group: TOKEN\n",
    "wait: { for: TOKEN, timeout: TOKEN }\n", "sdk: docker\ncard: { app_file: TOKEN }\nsource: { path: app }\n",
  ]

  @Test("never show a token, whatever it was taken for", arguments: pasted)
  func neverShown(text: String) throws {
    // Only the part that a person could use: the prefix may be seen.
    let secret = String(Self.token.dropFirst(3))
    let apps = [
      "app/Dockerfile": "FROM \(Self.token)\nCOPY \(Self.token) .\nENV PORT=\(Self.token)\nCMD uvicorn --host \(Self.token)\n",
      "app/requirements.txt": "-r \(Self.token)\ngradio<\(Self.token)\n", "app/app.py": "server_name=\"\(Self.token)\"\n",
    ]
    for sdk in ["", "sdk: gradio\n"] {
      let given = "name: chat\n" + (text.hasPrefix("sdk") ? "" : sdk) + text.replacing("TOKEN", with: Self.token)
      let loaded = try load(space: given, also: apps)
      #expect(!loaded.findings.isEmpty, "\(text)")
      #expect(!"\(loaded.findings) \(loaded.texts)".contains(secret), "\(text)")
      var human = HumanFindings(texts: loaded.texts, color: false)
      #expect(!human.text(loaded.findings).contains(secret), "\(text)")
      #expect(!JSONFindings.text(FindingsReport(findings: loaded.findings, filesChecked: 1)).contains(secret), "\(text)")
    }
  }

  @Test("never show a token that a file with other bytes than UTF-8 holds")
  func invalidBytes() throws {
    var tree = MemoryTree(Self.page.merging(["spaceform.yaml": plainProject, "spaces/a.space.yaml": Self.space]) { $1 })
    tree.contents["app/a.js"] = [0xFF, 0x80, 0x80, 0xC3] + Array("'\(Self.token)'\n".utf8)
    let loaded = try DefinitionLoader.load(tree: tree, environment: nil)
    #expect(loaded.findings.map(\.rule) == ["SF407"])
    #expect(!"\(loaded.findings) \(loaded.texts)".contains(Self.token.dropFirst(3)))
  }

  @Test("mask a token that is cut short or wrong, and a whole private key, without calling the first one")
  func resembling() throws {
    let short = String(Self.token.dropLast(8))
    let wrong = "ghp" + "_" + ExampleToken.body(36)
    let loaded = try load(
      space: Self.space, also: Self.page.merging(["app/a.js": "\(short) \(wrong)\n\(ExampleToken.privateKey)"]) { $1 })
    #expect(loaded.findings.map(\.rule) == ["SF408"])
    let shown = try #require(loaded.texts["app/a.js"])
    #expect(shown.contains("-----BEGIN RSA PRIVATE KEY-----") && shown.contains("-----END RSA PRIVATE KEY-----"))
    for line in ExampleToken.privateKey.split(separator: "\n").dropFirst().dropLast() { #expect(!shown.contains(line)) }
    #expect(!shown.contains(short.dropFirst(3)) && !shown.contains(wrong.dropFirst(4)))
    #expect(
      shown.split(separator: "\n", omittingEmptySubsequences: false).count == ExampleToken.privateKey.split(separator: "\n")
        .count + 2)
  }

  @Test("drop a fix that would write a token")
  func fixes() {
    let span = SourceSpan(file: "a")
    let finding = Finding(
      rule: "SF010", message: "m \(Self.token)", help: "H \(Self.token).", span: span,
      related: [RelatedSpan(span: span, message: Self.token)],
      fix: Fix("write \(Self.token)", edits: [Fix.Edit(span, replacement: Self.token)]))
    let masked = SecretMask.masked(finding)
    #expect(masked.fix == nil && !"\(masked)".contains(Self.token.dropFirst(3)))
    var clean = finding
    clean.fix = Fix("write \(Self.token)", edits: [Fix.Edit(span, replacement: "x")])
    #expect(SecretMask.masked(clean).fix?.edits == clean.fix?.edits)
    #expect(SecretMask.masked(clean).fix?.summary.contains("****") == true)
  }

  @Test("print no token in an explanation")
  func explained() throws {
    for rule in RuleRegistry.all {
      for example in [rule.failing, rule.passing] { #expect(!example.text.contains(Self.token.dropFirst(3)), "\(rule.id)") }
    }
    #expect(try #require(RuleRegistry.rule("SF407").map { RuleText(style: .plain).page($0) }).contains("****"))
  }

  @Test("can be silenced by a comment in a Python file")
  func silenced() throws {
    let app =
      "import gradio\n# spaceform: ignore SF407 a token of the public demo\nkey = \"\(Self.token)\"\nother = \"\(Self.token)\"\n"
    let loaded = try load(space: "name: chat\nsdk: gradio\nsource: { path: app }\n", also: ["app/app.py": app])
    #expect(loaded.findings.map(\.rule) == ["SF407"])
    #expect(loaded.findings.first?.span.start.line == 4)
    let idle = try load(
      space: "name: chat\nsdk: gradio\nsource: { path: app }\n", also: ["app/app.py": "x = 1  # spaceform: ignore SF407\n"])
    #expect(idle.findings.map(\.rule) == ["SF018"])
  }

  static let names: [(name: String, value: String, isFound: Bool)] = [
    ("API_KEY", "q7w8e9r0t1", true), ("HF_TOKEN", "opensesame", true), ("DB_PASSWORD", "hunter22", true),
    ("SESSION_SECRET", "a-b-c-d-e", true),
    ("PUBLIC_KEY", "q7w8e9r0t1", false), ("MAX_TOKENS", "q7w8e9r0t1", false), ("TOKEN_LIMIT", "q7w8e9r0t1", false),
    ("EOS_TOKEN", "end-of-text", false), ("MONKEY", "q7w8e9r0t1", false), ("API_KEY", "none", false),
    ("API_KEY", "EMPTY", false),
    ("API_KEY", "123456", false), ("API_KEY", "/run/secrets/key", false), ("API_KEY", "https://acme.example/key", false),
    ("API_KEY", "keys/one.pem", false), ("API_KEY", "\"${KEY}-abc\"", false), ("API_KEY", "your-key-here", false),
    ("API_KEY", "xxxxxxxx", false),
    ("API_KEY", "\"\"", false), ("API_KEY", "not-needed", false), ("API_KEY", "\"${space.chat.url}\"", false),
    ("CACHE_KEY", "version-2", false),
  ]

  @Test("take a public variable for a secret by its name and its value", arguments: names)
  func variables(given: (name: String, value: String, isFound: Bool)) throws {
    let loaded = try load(space: "name: chat\nvariables: { \(given.name): \(given.value) }\n")
    #expect(loaded.findings.map(\.rule) == (given.isFound ? ["SF409"] : []))
    if given.isFound { #expect(loaded.findings.first?.message.contains(given.value) == false) }
  }

  @Test("show neither a value that may be a secret, nor anything of a file that is there for one")
  func withheld() throws {
    var tree = MemoryTree(
      Self.page.merging([
        "spaceform.yaml": plainProject, "app/.netrc": "machine a login b password c0rrect-h0rse\n",
        "app/key.txt": "c0rrect-h0rse\n",
        "app/b.js": "url = 'https://u:c0rrect-h0rse@api.acme.com'\n",
        "spaces/a.space.yaml":
          "name: a\nsdk: static\nsource: { path: app }\nvariables: { «KEY»: x, API_KEY: \"üc0rrect-h0rse\", DB_PASSWORD: c0rrect-h0rse,"
          + " URL: \"https://u:c0rrect-h0rse@x\" }\n",
        "spaces/b.space.yaml": "name: b\nsecrets: { K: { file: app/key.txt } }\n",
      ]) { $1 })
    tree.contents["app/a.js"] = [0x80, 0xFF] + Array("apiKey = 'c0rrect-h0rse-B4ttery-st4ple'\n".utf8)
    let loaded = try DefinitionLoader.load(
      tree: tree, environment: nil, options: CheckOptions(rules: RuleSelection(extend: ["SF411"])))
    #expect(
      Set(loaded.findings.map(\.rule)).isSuperset(of: ["SF409", "SF410", "SF411", "SF412", "SF414", "SF415", "SF403"]),
      "\(loaded.findings.map(\.rule))")
    #expect(!"\(loaded.findings) \(loaded.texts)".contains("c0rrect") && !"\(loaded.texts)".contains("h0rse"))
    #expect(loaded.texts["app/.netrc"] == nil)
  }

  @Test("find a password in an address: any in a definition, a drawn one in an app")
  func passwords() throws {
    let drawn = ExampleToken.password
    func definition(_ password: String) throws -> [String] {
      try load(space: "name: chat\nvariables: { URL: \"https://user:\(password)@acme.example\" }\n").findings.map(\.rule)
    }
    #expect(try definition("pass") == ["SF410"] && definition(drawn) == ["SF410"])
    #expect(
      try definition("****") == [] && definition("PASSWORD") == [] && definition("$PASS") == [] && definition("xxx") == [])
    func app(_ url: String) throws -> [String] {
      try load(space: Self.space, also: Self.page.merging(["app/a.js": "'\(url)'\n"]) { $1 }).findings.map(\.rule)
    }
    #expect(try app("https://user:\(drawn)@api.acme.com/x") == ["SF415"])
    #expect(try app("https://user:pass@api.acme.com") == [] && app("https://user:\(drawn)@localhost/x") == [])
    #expect(try app("postgres://postgres:postgres@db:5432") == [] && app("https://user:\(drawn)@acme.example") == [])
  }

  static let credentials: [(path: String, text: String, isFound: Bool)] = [
    (".netrc", "machine a login b password c0rrect\n", true), (".netrc", "# password x\nmachine a\n", false),
    (".npmrc", "//registry.acme.example/:_authToken=q7w8e9\n", true),
    (".npmrc", "//registry.acme.example/:_authToken=${NPM_TOKEN}\n", false),
    (".aws/credentials", "aws_secret_access_key = q7w8e9\n", true), (".aws/config", "region = eu\n", false),
    (".streamlit/secrets.toml", "key = \"q7w8e9\"\n", true), (".streamlit/secrets.toml", "# key = \"q7w8e9\"\n[x]\n", false),
    (".streamlit/config.toml", "port = 7860\n", false), ("deep/credentials.json", "{\"client_secret\": \"q7w8e9\"}\n", true),
    ("credentials.json", "{\"client_id\": \"q7w8e9\"}\n", false),
    ("service-account-prod.json", "{\"private_key\": \"q7w8e9\"}\n", true),
    (".pypirc", "[pypi]\nusername = __token__\npassword = your-token\n", false), ("notes.md", "password: q7w8e9\n", false),
  ]

  @Test("find the files that tools keep credentials in", arguments: credentials)
  func files(given: (path: String, text: String, isFound: Bool)) throws {
    let loaded = try load(space: Self.space, also: Self.page.merging(["app/" + given.path: given.text]) { $1 })
    #expect(loaded.findings.map(\.rule) == (given.isFound ? ["SF414"] : []))
    if given.isFound { #expect(loaded.findings.first?.span == SourceSpan(file: "app/" + given.path)) }
  }

  @Test("guess only when they are asked to")
  func guesses() throws {
    let text =
      "const sessionToken = '\(ExampleToken.body(28, from: "QwErTyUi0p1sDf9hJ7Lz"))'; const hash = '\(ExampleToken.body(28))';\n"
    let files = Self.page.merging(["app/a.js": text, "spaces/chat.space.yaml": Self.space]) { $1 }
    #expect(try load(files).findings == [])
    let asked = try load(files, options: CheckOptions(rules: RuleSelection(extend: ["SF411"])))
    #expect(asked.findings.map(\.rule) == ["SF411"])
    #expect(asked.findings.first?.span.start == Position(line: 1, column: 23))
  }
}
