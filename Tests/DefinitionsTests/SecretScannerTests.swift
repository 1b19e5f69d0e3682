import Testing

@testable import Definitions

/// Every token here is put together when the test runs, so that no file holds one.
@Suite("Secrets in a text") struct SecretScannerTests {
  private static let mixed = "QwErTyUiOpAsDfGhJkLzXcVbNm0192837465"
  private static let hex = "0f1e2d3c4b5a69788796"
  private static let base32 = "QWERTYUIOPASDFGHJKLZXCVBNM234567"

  private static func body(_ length: Int, _ alphabet: String = mixed) -> String { ExampleToken.body(length, from: alphabet) }

  private static func checked(_ prefix: String) -> String {
    let random = body(30)
    return prefix + random + String(decoding: TokenChecksum.checksum(of: random.utf8), as: UTF8.self)
  }

  static func tokens() -> [(name: String, text: String)] {
    let (dash, low) = ("-", "_")
    return [
      ("a Hugging Face access token", "hf" + low + body(34, "QwErTyUiOpAsDfGhJkLzXcVbNm")),
      ("a Hugging Face OAuth token", "hf" + low + "oauth" + low + body(60)),
      ("a Hugging Face session token", "hf" + low + "jwt" + low + body(40) + "." + body(40)),
      ("a Hugging Face organisation token", "api" + low + "org" + low + body(34)),
      ("a GitHub token", checked("ghp" + low)), ("a GitHub token", checked("ghs" + low)),
      ("a GitHub access token", "github" + low + "pat" + low + body(22) + low + body(59)),
      ("a GitLab access token", "glpat" + dash + body(20)), ("an npm token", checked("npm" + low)),
      ("a PyPI token", "pypi" + dash + "AgEIcHlwaS5vcmc" + body(100)),
      ("a Docker Hub token", "dckr" + low + "pat" + low + body(27)),
      ("an AWS access key", "AKI" + "A" + body(16, base32)), ("a Google API key", "AIz" + "aSy" + body(33)),
      ("a Google OAuth client secret", "GOCSPX" + dash + body(28)),
      ("a DigitalOcean token", "dop" + low + "v1" + low + body(64, hex)), ("a Databricks token", "dap" + "i" + body(32, hex)),
      ("an Anthropic API key", "sk" + dash + "ant" + dash + "api03" + dash + body(95)),
      ("an OpenRouter API key", "sk" + dash + "or" + dash + "v1" + dash + body(64, hex)),
      ("an OpenAI API key", "sk" + dash + "proj" + dash + body(74) + "T3Blbk" + "FJ" + body(74)),
      ("an API key", "sk" + dash + body(20) + "T3Blbk" + "FJ" + body(20)), ("an API key", "sk" + dash + body(32, hex)),
      ("a Groq API key", "gsk" + low + body(52)), ("a Replicate token", "r8" + low + body(37)),
      ("an NVIDIA API key", "nvapi" + dash + body(64)),
      ("a LangSmith API key", "lsv2" + low + "pt" + low + body(32, hex) + low + body(10, hex)),
      ("a Slack token", "xoxb" + dash + "1029384756" + dash + body(24)), ("a Stripe key", "sk" + low + "live" + low + body(24)),
      ("a SendGrid API key", "SG" + "." + body(22) + "." + body(43)),
      ("a Telegram bot token", "123456789" + ":" + "AA" + body(33)),
      ("an age key", "AGE" + dash + "SECRET" + dash + "KEY" + dash + "1" + body(58, base32)),
      ("an Azure storage key", "Account" + "Key=" + body(86) + "=="),
      ("a Slack webhook", "//hooks.slack" + ".com/services/" + "T" + body(8) + "/B" + body(9) + "/" + body(24)),
    ]
  }

  private static func found(_ text: String) -> [SecretScanner.Match] { SecretScanner.matches(in: Array(text.utf8)[...]) }

  private static func certain(_ text: String) -> [String] {
    found(text).filter { $0.certainty == .certain && $0.kind.family == .token }.map(\.kind.name)
  }

  @Test("are found by kind, wherever they stand")
  func kinds() {
    for (name, token) in Self.tokens() {
      for text in [
        token, "key = \"\(token)\"", "- \(token)\n", "'\(token)',", "(\(token))", "x\\n\(token)\\n", "a=1&t=%3D\(token)",
      ] {
        // The scheme is part of an address, and nothing before it is.
        if name == "a Slack webhook", !text.hasPrefix("//") { continue }
        let matches = Self.found(text).filter { $0.certainty == .certain }
        #expect(matches.map(\.kind.name) == [name], "\(name)")
        if let match = matches.first {
          let bytes = Array(text.utf8)
          #expect(String(decoding: bytes[match.range], as: UTF8.self) == token, "\(name)")
        }
      }
    }
  }

  @Test("are not called secrets when they are made up")
  func placeholders() {
    let (dash, low) = ("-", "_")
    let made = [
      "hf" + low + String(repeating: "x", count: 34), "hf" + low + "abcdefghijklmnopqrstuvwxyzABCDEFGH",
      "hf" + low + "your" + Self.body(30),
      "hf" + low + String(repeating: "aB1", count: 12), "AKIA" + "IOSFODNN7EXAMPLE",
      "sk" + dash + "proj" + dash + String(repeating: "A1b", count: 30),
      "sk" + dash + "ant" + dash + "api03" + dash + String(repeating: "X", count: 95),
      "AIza" + String(repeating: "0", count: 35),
      "hf" + low + "thisisaveryLongfunctionnamewithouttoken", "glpat" + dash + "XXXXXXXXXXXXXXXXXXXX",
    ]
    for text in made { #expect(Self.certain("x = \"\(text)\"") == [], "\(text.prefix(6))") }
  }

  @Test("are no part of a longer word, and not too long or too short")
  func boundaries() {
    let body = Self.body(34)
    let low = "_"
    for text in [
      "xhf" + low + body, "hf" + low + body + low, "hf" + low + Self.body(33), "hf" + low + Self.body(200), "a_hf" + low + body,
      "hf" + low + body.lowercased(), "AKI" + "A" + Self.body(17, Self.base32), "ghp" + low + Self.body(36),
      "npm" + low + Self.body(36),
    ] { #expect(Self.certain(text) == [], "\(text.prefix(8))") }
    // A checksum that is right makes the difference.
    #expect(Self.certain(Self.checked("ghp" + low)) == ["a GitHub token"])
  }

  @Test("do not come out of ordinary files")
  func ordinary() {
    for text in [
      "import numpy as np\nfrom sklearn import svm\nnp.testing.assert_allclose(task_runner, ask_user)\n",
      "sha256:\(Self.body(64, Self.hex)) git \(Self.body(40, Self.hex)) uuid 5f2c1e1e-7a2b-4c3d-8e9f-0a1b2c3d4e5f\n",
      "data:image/png;base64,\(Self.body(400, Self.mixed + "+/"))==",
      "--------------------------------\n| a | b |\n|---|---|\n",
      "https://huggingface.co/spaces/acme/chat?x=1&y=hf_abc", "sk-skip sk-list-item hf_hub_download(hf_token) npm_config_cache",
      "class=\"sk-loading-indicator-animation-container\"",
      "-----BEGIN CERTIFICATE-----\n\(Self.body(64))\n-----END CERTIFICATE-----\n",
      "if \"-----BEGIN PRIVATE KEY-----\" in text: print(text)", "http://localhost:7860/a@b ssh://git@acme.example:22/x",
      "postgres://${USER}:${PASSWORD}@db/x https://{user}:{password}@host %s://%s:%s@host https://<user>:<password>@host",
    ] { #expect(Self.found(text).filter { $0.certainty == .certain }.map(\.kind.name) == [], "\(text.prefix(40))") }
  }

  @Test("belong together: the secret of an AWS key is found beside it")
  func aws() {
    let key = "AKI" + "A" + Self.body(16, Self.base32)
    let secret = Self.body(40, Self.mixed + "+/")
    #expect(Self.certain("id = \(key)\nsecret = \(secret)\n") == ["an AWS access key", "an AWS secret access key"])
    #expect(Self.certain("secret = \(secret)\n") == [])
    #expect(Self.certain("X-Amz-Credential=\(key)%2F20260101%2Feu") == [] && Self.certain("\(key)/20260101/eu") == [])
    #expect(Self.certain("id = \(key)\ncommit = \(Self.body(40, Self.hex))\n") == ["an AWS access key"])
  }

  @Test("are private keys when there is a key, line breaks written out or not")
  func privateKeys() {
    func keys(_ text: String) -> [SecretScanner.Certainty] {
      Self.found(text).filter { $0.kind.family == .privateKey }.map(\.certainty)
    }
    let key = ExampleToken.privateKey
    #expect(keys(key) == [.certain])
    #expect(keys("{\"private_key\": \"" + key.split(separator: "\n").joined(separator: "\\n") + "\\n\"}") == [.certain])
    #expect(keys(key.split(separator: "\n").map { "    \"\($0)\\n\"" }.joined(separator: "\n")) == [.certain])
    #expect(keys("-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----") == [.placeholder])
    #expect(keys("-----BEGIN PUBLIC KEY-----\n" + Self.body(64)) == [])
    #expect(keys("-----BEGIN ") == [] && keys("-----BEGIN PRIVATE KEY-----") == [.placeholder])
  }

  @Test("are passwords between a user and a host")
  func passwords() {
    func found(_ text: String) -> [String] {
      let bytes = Array(text.utf8)
      return Self.found(text).filter { $0.kind.family == .password }.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
    #expect(found("postgres://app:s3cr3t-x@db.acme.example/app") == ["s3cr3t-x"])
    #expect(found("redis://:pa%24s@host") == ["pa%24s"])
    #expect(found("https://user@host https://host:80/x@y https://a:b ://a:b@c") == [])
    // A token there is a token.
    let token = Self.checked("ghp" + "_")
    #expect(
      found("https://x:\(token)@github.com/a") == [] && Self.certain("https://x:\(token)@github.com/a") == ["a GitHub token"])
  }

  @Test("have the places of the slice they are in")
  func slices() {
    let token = ExampleToken.huggingFace
    let bytes = Array("\u{FEFF}é \(token)".utf8)
    let slice = bytes[3...]
    #expect(SecretScanner.matches(in: slice).map(\.range) == [6..<6 + token.utf8.count])
    #expect(SecretScanner.matches(in: bytes[0..<0]).isEmpty && SecretScanner.matches(in: bytes[0..<1]).isEmpty)
  }

  @Test("have the checksum that GitHub publishes")
  func checksum() {
    // The example of a public description of the form, taken apart.
    #expect(
      String(decoding: TokenChecksum.checksum(of: ("zQWBuTSOoRi4A9s" + "pHcVY5ncnsDkxkJ").utf8), as: UTF8.self) == "0mLq17")
    #expect(!TokenChecksum.isRight(Array("abc".utf8)))
  }

  @Test("takes no name of a key for a token")
  func names() {
    for word in ["hf_oauth_expiration_minutes", "hf_oauth_authorized_organisations", "hf_jwt_from_the_environment"] {
      #expect(SecretScanner.matches(in: Array("\(word): 480".utf8)[...]).isEmpty, "\(word)")
    }
  }
}
