import Definitions
import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import Reports

@Suite("Findings as SARIF")
struct SARIFFindingsTests {
  /// The parts of a log that tests look at.
  private struct Log {
    let run: [String: JSONValue]
    var results: [[String: JSONValue]] { run["results"]?.arrayValue?.compactMap(\.objectValue) ?? [] }
    var rules: [[String: JSONValue]] { driver["rules"]?.arrayValue?.compactMap(\.objectValue) ?? [] }
    var driver: [String: JSONValue] { run["tool"]?.objectValue?["driver"]?.objectValue ?? [:] }
    var ruleIDs: [String] { rules.compactMap { $0["id"]?.stringValue } }
    var notifications: [JSONValue] {
      run["invocations"]?.arrayValue?.first?.objectValue?["toolExecutionNotifications"]?.arrayValue ?? []
    }

    init(_ report: FindingsReport) throws {
      run = try #require(SARIFFindings.value(report).objectValue?["runs"]?.arrayValue?.first?.objectValue)
    }

    static func text(_ message: JSONValue?) -> String { message?.objectValue?["text"]?.stringValue ?? "" }
  }

  private func location(_ result: [String: JSONValue]) -> [String: JSONValue] {
    result["locations"]?.arrayValue?.first?.objectValue?["physicalLocation"]?.objectValue ?? [:]
  }

  @Test("name the tool, the rules, and each place from the top of the repository")
  func golden() throws {
    // The texts of the rules are their own, and the version is not this format's.
    guard case .object(var log) = SARIFFindings.value(SampleFindings.plain),
      var run = log["runs"]?.arrayValue?.first?.objectValue,
      var driver = run["tool"]?.objectValue?["driver"]?.objectValue
    else {
      Issue.record("no run")
      return
    }
    driver["rules"] = .array(driver["rules"]?.arrayValue?.map { $0.objectValue?["id"] ?? .null } ?? [])
    driver["version"] = "VERSION"
    driver["semanticVersion"] = "VERSION"
    run["tool"] = ["driver": .object(driver)]
    log["runs"] = [.object(run)]
    try Golden.expect(JSONValue.object(log).prettyText, "findings.sarif")
  }

  @Test("refer to rules by their place in the list, and list no others")
  func rules() throws {
    let log = try Log(SampleFindings.plain)
    #expect(log.ruleIDs == ["SF014", "SF103", "SF104", "SF601", "SF999"])
    for result in log.results {
      guard case .int(let index)? = result["ruleIndex"] else {
        Issue.record("no index")
        continue
      }
      #expect(log.ruleIDs[index] == result["ruleId"]?.stringValue)
    }
    #expect(log.driver["version"] == .string(SpaceformVersion.current))
  }

  @Test("describe every rule there is within the lengths GitHub takes", arguments: RuleRegistry.all.map(\.id))
  func rule(_ id: String) throws {
    let known = try #require(RuleRegistry.rule(id))
    let rule = try #require(SARIFRule.value(id, severity: .note).objectValue)
    let name = try #require(rule["name"]?.stringValue)
    #expect(name.wholeMatch(of: /[A-Z0-9][A-Za-z0-9]*/) != nil, "\(name)")
    #expect(name.count <= 255)
    for part in ["shortDescription", "fullDescription"] {
      let text = Log.text(rule[part])
      #expect(!text.isEmpty && text.unicodeScalars.count <= 1_024)
    }
    let help = try #require(rule["help"]?.objectValue)
    #expect(help["text"]?.stringValue?.contains(known.explanation) == true)
    #expect(help["markdown"]?.stringValue?.contains(TerminalText.escapedLines(known.failing.text)) == true)
    #expect(rule["defaultConfiguration"] == ["level": .string(known.severity.rawValue)])
    #expect(rule["properties"]?.objectValue?["tags"]?.arrayValue?.count == 1, "\(id) is of no family")
  }

  @Test("describe a rule that is not known by its id")
  func unknownRule() throws {
    for id in ["SF999", "X", "", "sf104"] {
      let rule = try #require(SARIFRule.value(id, severity: .warning).objectValue)
      #expect(rule["id"] == .string(id))
      #expect(rule["shortDescription"] == ["text": .string(id)])
      #expect(rule["defaultConfiguration"] == ["level": "warning"])
    }
  }

  @Test("are at most 5,000, errors first, and say how many were left out")
  func limit() throws {
    let warnings = SampleFindings.many(5_200, .warning)
    let errors = SampleFindings.many(100, .error, rule: "SF601", message: "late").map { finding in
      var late = finding
      late.span.file = "z.space.yaml"
      return late
    }
    let notes = SampleFindings.many(1, .note, rule: "SF999")
    let log = try Log(FindingsReport(findings: warnings + errors + notes, filesChecked: 1))
    #expect(log.results.count == 5_000)
    #expect(log.results.prefix(100).allSatisfy { $0["level"] == "error" })
    #expect(log.results.dropFirst(100).allSatisfy { $0["level"] == "warning" })
    #expect(log.ruleIDs == ["SF010", "SF601"])
    #expect(log.notifications.count == 1)
    let told = Log.text(log.notifications.first?.objectValue?["message"])
    #expect(told == "301 more findings were left out: code scanning takes at most 5000, errors first.")
  }

  @Test("say nothing of a limit that was not reached")
  func below() throws {
    let log = try Log(FindingsReport(findings: SampleFindings.many(5_000, .error), filesChecked: 1))
    #expect(log.results.count == 5_000)
    #expect(log.notifications == [])
    #expect(try Log(FindingsReport(findings: [], filesChecked: 0)).results == [])
  }

  @Test("keep messages and related places within bounds")
  func bounds() throws {
    var finding = SampleFindings.many(1, .error, message: String(repeating: "é", count: 9_000))[0]
    finding.related = (1...300).map { RelatedSpan(span: SampleFindings.span("a", $0, 1, $0, 2), message: "m") }
    let result = try #require(try Log(FindingsReport(findings: [finding], filesChecked: 1)).results.first)
    let text = Log.text(result["message"])
    #expect(text.unicodeScalars.count == 1_000)
    #expect(text.hasSuffix("é…"))
    #expect(result["relatedLocations"]?.arrayValue?.count == 100)
  }

  @Test("name files by references that read back to the path and to nothing else")
  func uris() throws {
    let result = try #require(try Log(SampleFindings.nasty).results.first)
    let uri = try #require(location(result)["artifactLocation"]?.objectValue?["uri"]?.stringValue)
    #expect(uri.removingPercentEncoding == "dir \"x\":,%/" + SampleFindings.nastyPath)
    #expect(uri.wholeMatch(of: /(?:[A-Za-z0-9._~\/-]|%[0-9A-F]{2})*/) != nil, "\(uri)")
    #expect(SARIFPlaces.uri("a/b-c_d.~/ü") == "a/b-c_d.~/%C3%BC")
  }

  @Test(
    "hold messages in which nothing is a placeholder or a link",
    arguments: [
      ("{ env: TOKEN }", "{ env: TOKEN }"), ("{0} {12}", "{{0}} {{12}}"), ("{} {a} {1", "{} {a} {1"), ("{{0}}", "{{{0}}}"),
      ("[a](1) [b] (2)", "[a\\](1) [b] (2)"), ("", ""), ("{", "{"),
    ])
  func messages(text: String, literal: String) { #expect(SARIFMessage.literal(text) == literal) }

  @Test("mark no line of which nothing is wrong")
  func regions() throws {
    func region(_ span: SourceSpan, _ text: String?) throws -> JSONValue? {
      let finding = Finding(rule: "SF010", message: "m", span: span)
      let report = FindingsReport(findings: [finding], texts: text.map { ["a": $0] } ?? [:], filesChecked: 1)
      return try Log(report).results.first.flatMap { location($0)["region"] }
    }
    func wanted(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> JSONValue {
      ["startLine": .int(line), "startColumn": .int(column), "endLine": .int(endLine), "endColumn": .int(endColumn)]
    }
    let block = SampleFindings.span("a", 1, 3, 3, 1)
    #expect(try region(block, "k: |\n  日本💬\nb: 1\n") == wanted(1, 3, 2, 6))
    #expect(try region(block, nil) == wanted(1, 3, 3, 1))
    #expect(try region(block, "k: |\n\nb: 1\n") == wanted(1, 3, 2, 1))
    #expect(try region(SampleFindings.span("a", 1, 3, 1, 5), "k: |\n") == wanted(1, 3, 1, 5))
    #expect(try region(SourceSpan(file: "a"), "") == wanted(1, 1, 1, 1))
  }

  @Test("carry a fix file by file, and delete exactly what it names")
  func fixes() throws {
    let log = try Log(SampleFindings.plain)
    let fixes = log.results.compactMap { $0["fixes"]?.arrayValue?.first?.objectValue }
    #expect(fixes.count == 3)
    let apart = try #require(fixes.first { Log.text($0["description"]) == "name them apart" })
    #expect(apart["artifactChanges"]?.arrayValue?.count == 2)
    let removal = try #require(fixes.first { Log.text($0["description"]) == "remove `hardware`" })
    let change = removal["artifactChanges"]?.arrayValue?.first?.objectValue?["replacements"]?.arrayValue?.first
    #expect(
      change == [
        "deletedRegion": ["startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1], "insertedContent": ["text": ""],
      ])
  }

  @Test("read back as they were, whatever files and texts hold")
  func nasty() throws {
    let value = SARIFFindings.value(SampleFindings.nasty)
    let back = try JSONDecoder().decode(JSONValue.self, from: Data(value.prettyText.utf8))
    #expect(back == value)
    let replaced = try Log(SampleFindings.nasty).results.first?["fixes"]?.arrayValue?.first?.objectValue?["artifactChanges"]?
      .arrayValue?.first?.objectValue?["replacements"]?.arrayValue?.first?.objectValue?["insertedContent"]
    #expect(replaced == ["text": .string(SampleFindings.nastyText)])
  }
}
