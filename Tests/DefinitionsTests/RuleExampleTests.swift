import Diagnostics
import Reports
import Testing

@testable import Definitions

@Suite("Every rule's examples") struct RuleExampleTests {
  @Test("break and keep the rule", arguments: RuleRegistry.all.map(\.id))
  func examples(id: String) throws {
    let rule = try #require(RuleRegistry.rule(id))
    let failing = try load(rule.failing, for: rule)
    #expect(failing.findings.contains { $0.rule == id }, "the failing example of \(id) passes")
    #expect(failing.findings.filter { $0.rule == id }.allSatisfy { $0.severity == rule.severity })
    #expect((failing.fleet == nil) == failing.findings.hasErrors)
    let passing = try load(rule.passing, for: rule)
    #expect(passing.findings == [], "the passing example of \(id) is not clean")
    #expect(passing.fleet != nil)
  }

  @Test("come with a way out, a whole sentence, after a message that is none", arguments: RuleRegistry.all.map(\.id))
  func help(id: String) throws {
    let rule = try #require(RuleRegistry.rule(id))
    for finding in try load(rule.failing, for: rule).findings {
      let help = try #require(finding.help, "\(finding.rule) has no help")
      #expect([".", "?"].contains(help.suffix(1)) && help.first?.isUppercase == true, "\(help)")
      #expect(!finding.message.hasSuffix("."), "\(finding.message)")
    }
  }

  @Test("have findings that point at the file that is shown", arguments: RuleRegistry.all.map(\.id))
  func place(id: String) throws {
    let rule = try #require(RuleRegistry.rule(id))
    let failing = try load(rule.failing, for: rule)
    let files = Set(failing.findings.filter { $0.rule == id }.map(\.span.file))
    // Of two definitions of one address the one read later is reported.
    let expected: Set = ["SF601", "SF608"].contains(id) ? ["spaces/talk.space.yaml"] : [rule.failing.shown]
    #expect(files == expected)
  }

  @Test("are explained with what is said of them, whatever the letter case of the id")
  func explanation() throws {
    let rule = try #require(RuleRegistry.rule("sf401"))
    let text = RuleText(style: .plain).page(rule)
    #expect(text.hasPrefix("SF401 (error, cannot be ignored): A secret's value stands in a definition."))
    #expect(text.contains("API_KEY: { env: API_KEY }") && text.contains("error[SF401]: the secret `API_KEY` holds a value"))
    #expect(!RuleText.markdown.contains("\n\n\n"))
    #expect(RuleRegistry.rule("SF999") == nil)
  }

  @Test("have ids of their own, in order, with words for everything")
  func registry() {
    let ids = RuleRegistry.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
    for rule in RuleRegistry.all {
      #expect(rule.id.count == 5 && rule.id.hasPrefix("SF"))
      #expect(rule.summary.hasSuffix(".") && !rule.summary.contains("\n"))
      #expect(rule.explanation.hasSuffix("."))
    }
  }
}
