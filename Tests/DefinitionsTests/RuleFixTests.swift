import Diagnostics
import Testing

@testable import Definitions

@Suite("A rule's fix") struct RuleFixTests {
  /// The files after one fix.
  private func apply(_ finding: Finding, to files: [String: String]) throws -> [String: String] {
    let round = try FixRound([finding]) { file in files[file].map { Array($0.utf8) } }
    return files.merging(round.files.mapValues { String(decoding: $0, as: UTF8.self) }) { $1 }
  }

  @Test("in its failing example puts right what was found, and breaks nothing else", arguments: RuleRegistry.all.map(\.id))
  func examples(id: String) throws {
    let rule = try #require(RuleRegistry.rule(id))
    let files = rule.failing.files.merging(["spaceform.yaml": rule.failing.project]) { given, _ in given }
    func findings(_ files: [String: String]) throws -> [Finding] {
      var tree = MemoryTree(files)
      tree.executables = rule.failing.executables
      let options = CheckOptions(rules: RuleSelection(extend: [id]))
      return try DefinitionLoader.load(tree: tree, environment: nil, options: options).findings
    }
    let before = try findings(files)
    for finding in before where finding.rule == id {
      guard let fix = finding.fix else { continue }
      let after = try findings(apply(finding, to: files))
      #expect(after.filter { $0.rule == id }.count < before.filter { $0.rule == id }.count, "\(fix.summary)")
      #expect(Set(after.map(\.rule)).isSubset(of: Set(before.map(\.rule))), "\(fix.summary)")
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let before: String
    let after: String
    var testDescription: String { "\(rule): \(before)" }
  }

  static let definitions: [Case] = [
    Case(rule: "SF011", before: "dev_mode: yes # always\n", after: "dev_mode: true # always\n"),
    Case(rule: "SF011", before: "dev_mode: Off\n", after: "dev_mode: false\n"),
    Case(rule: "SF011", before: "card: {python_version: 3.10, x: 1}\n", after: "card: {python_version: \"3.10\", x: 1}\n"),
    Case(rule: "SF012", before: "visibility: 'Private'\n", after: "visibility: 'private'\n"),
    Case(rule: "SF012", before: "wait: { for: RUNNING }\n", after: "wait: { for: running }\n"),
    Case(rule: "SF104", before: "sdk: static\nhardware: cpu-upgrade # no\n# kept\n", after: "sdk: static\n# kept\n"),
    Case(rule: "SF105", before: "sleep_time: 1h\n", after: ""),
    Case(rule: "SF106", before: "sdk: static\nreplicas: 1\n", after: "sdk: static\n"),
    Case(
      rule: "SF114", before: "volumes: [{ type: model, source: a/b, mount: /m, read_only: false }]\n",
      after: "volumes: [{ type: model, source: a/b, mount: /m }]\n"),
    Case(
      rule: "SF216", before: "card: { suggested_storage: small, title: Chat }\n", after: "card: { title: Chat }\n"),
    Case(rule: "SF103", before: "hardware:  zerogpu\nsdk: gradio\n", after: "hardware:  zero-a10g\nsdk: gradio\n"),
    Case(
      rule: "SF111", before: "volumes: [{ type: bucket, source: a/b, mount: 'my data' }]\n",
      after: "volumes: [{ type: bucket, source: a/b, mount: '/my data' }]\n"),
    Case(
      rule: "SF123", before: "volumes: [{ type: bucket, source: a/b, mount: /a/./b// }]\n",
      after: "volumes: [{ type: bucket, source: a/b, mount: /a/b }]\n"),
    Case(
      rule: "SF208", before: "card: { hf_oauth: true, hf_oauth_scopes: [Email] }\n",
      after: "card: { hf_oauth: true, hf_oauth_scopes: [email] }\n"),
    Case(rule: "SF213", before: "card: { base_path: \"docs\" }\n", after: "card: { base_path: \"/docs\" }\n"),
    Case(rule: "SF220", before: "card: { suggested_hardware: zerogpu }\n", after: "card: { suggested_hardware: zero-a10g }\n"),
  ]

  static let readmes: [Case] = [
    Case(rule: "SF204", before: "--- \ntitle: A\n---  \n", after: "---\ntitle: A\n---\n"),
    Case(
      rule: "SF205", before: "---\n# kept\nsdk_version: 4.0   # too\n---\n",
      after: "---\n# kept\nsdk_version: \"4.0\"   # too\n---\n"),
    Case(rule: "SF205", before: "---\r\ncolorTo: Red\r\n---\r\n", after: "---\r\ncolorTo: red\r\n---\r\n"),
    Case(rule: "SF206", before: "---\nColor-From: red\n---\n", after: "---\ncolorFrom: red\n---\n"),
    Case(
      rule: "SF211", before: "---\ncustom_headers: { \"Cross-Origin-Opener-Policy\": same-origin }\n---\n",
      after: "---\ncustom_headers: { \"cross-origin-opener-policy\": same-origin }\n---\n"),
    Case(rule: "SF216", before: "---\nsuggested_storage: small\nsdk: static\n---\n", after: "---\nsdk: static\n---\n"),
    Case(rule: "SF225", before: "---\nsdk: Static\n---\n", after: "---\nsdk: static\n---\n"),
  ]

  @Test("changes a definition where it says, and leaves the rest", arguments: definitions)
  func definition(given: Case) throws {
    let files = ["spaces/chat.space.yaml": "name: chat\n" + given.before]
    let finding = try #require(try load(files).findings.first { $0.rule == given.rule && $0.fix != nil })
    #expect(try apply(finding, to: files)["spaces/chat.space.yaml"] == "name: chat\n" + given.after)
  }

  @Test("changes a README where it says, and leaves the rest", arguments: readmes)
  func readme(given: Case) throws {
    let files = ["spaces/chat.space.yaml": "name: chat\nsource: { path: app }\n", "app/README.md": given.before]
    let finding = try #require(try load(files).findings.first { $0.rule == given.rule && $0.fix != nil })
    #expect(try apply(finding, to: files)["app/README.md"] == given.after)
  }

  @Test(
    "is not offered where more stands in the place than the text, or where the right key is there too",
    arguments: [
      "visibility: \"Priv\\x61te\"\n", "visibility: &v Private\n", "visibility: !!str Private\n",
      "card: { base_path: |-\n    docs\n }\n", "dev_mode: \"yes\"\n",
      "card: { custom_headers: { Cross-Origin-Opener-Policy: same-origin, cross-origin-opener-policy: same-origin } }\n",
    ])
  func none(lines: String) throws {
    let findings = try load(space: "name: chat\n" + lines).findings
    #expect(!findings.isEmpty && findings.allSatisfy { $0.fix == nil })
  }
}
