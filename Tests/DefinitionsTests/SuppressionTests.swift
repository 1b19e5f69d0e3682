import Diagnostics
import Testing

@testable import Definitions

@Suite("A comment that silences") struct SuppressionTests {
  private func rules(_ space: String, also: [String: String] = [:], options: CheckOptions = CheckOptions()) throws -> [String] {
    try load(["spaces/chat.space.yaml": space].merging(also) { $1 }, options: options).findings.map(\.rule)
  }

  @Test("a rule does so on its own line, or on the next one when it stands alone")
  func line() throws {
    #expect(try rules("name: chat\nsleep_time: 1h\n") == ["SF105"])
    #expect(try rules("name: chat\nsleep_time: 1h # spaceform: ignore SF105\n") == [])
    #expect(try rules("name: chat\n# spaceform: ignore SF105: it will be paid hardware\n\n# another\nsleep_time: 1h\n") == [])
    #expect(try rules("name: chat\nsleep_time: 1h\n# spaceform: ignore SF105\n") == ["SF105", "SF018"])
  }

  @Test("a rule in the whole file, and several rules at once")
  func file() throws {
    #expect(try rules("# spaceform: ignore-file SF105, SF103\nname: chat\nhardware: cpu-basic\nsleep_time: 1h\n") == ["SF018"])
    #expect(try rules("# spaceform: ignore-file SF103 SF113\nname: chat\nhardware: t4-smal\nregion: eu-west\n") == [])
  }

  @Test("is no comment inside a value, and none without a rule's id")
  func lookalikes() throws {
    let quoted = "name: chat\nvariables: { A: \"# spaceform: ignore SF105\" }\nsleep_time: 1h\n"
    #expect(try rules(quoted) == ["SF105"])
    let block = "name: chat\nvariables:\n  A: |\n    # spaceform: ignore-file SF105\nsleep_time: 1h\n"
    #expect(try rules(block) == ["SF105"])
    #expect(try rules("name: chat\nsleep_time: 1h # spaceform: ignore this\n") == ["SF105", "SF018"])
    #expect(try rules("name: chat\nsleep_time: 1h # spaceform: see docs\n") == ["SF105"])
  }

  @Test("nothing is reported: unknown rules, rules that cannot be silenced, rules that find nothing")
  func unused() throws {
    let space = """
      name: chat
      region: eu # spaceform: ignore SF999
      hardware: cpu-basic # spaceform: ignore SF103
      hardwear: x # spaceform: ignore SF010

      """
    let loaded = try load(space: space)
    #expect(loaded.findings.map(\.rule) == ["SF018", "SF018", "SF010", "SF018"])
    let messages = loaded.findings.filter { $0.rule == "SF018" }.map(\.message)
    #expect(messages[0].contains("no rule `SF999`"))
    #expect(messages[1].contains("nothing here breaks `SF103`"))
    #expect(messages[2].contains("cannot be ignored"))
  }

  @Test("a rule that did not run is not called unused")
  func deselected() throws {
    let space = "name: chat\nhardware: cpu-basic # spaceform: ignore SF103\n"
    #expect(try rules(space) == ["SF018"])
    #expect(try rules(space, options: CheckOptions(rules: RuleSelection(ignore: ["SF103"]))) == [])
  }

  @Test("never hides an error that leaves no fleet, and an error it hides does not stand in the fleet's way")
  func fleet() throws {
    let double = "name: chat\nvariables: { A: a }\nsecrets: { A: { env: A } } # spaceform: ignore SF402\n"
    let loaded = try load(space: double)
    #expect(loaded.findings == [] && loaded.fleet != nil)
    let nameless = try load(space: "name: -chat # spaceform: ignore SF101\n")
    #expect(nameless.findings.map(\.rule).sorted() == ["SF018", "SF101"] && nameless.fleet == nil)
  }
}

@Suite("A selection of rules") struct RuleSelectionTests {
  private func selected(_ selection: RuleSelection, _ ids: String...) throws -> [Bool] {
    try ids.map { selection.includes(try #require(RuleRegistry.rule($0))) }
  }

  @Test("is what is on by default, narrowed, widened and thinned by ids and families")
  func families() throws {
    #expect(try selected(.standard, "SF101", "SF402") == [true, true])
    #expect(try selected(RuleSelection(select: ["sf4"]), "SF101", "SF402") == [false, true])
    #expect(try selected(RuleSelection(ignore: ["SF4"]), "SF101", "SF402") == [true, false])
    #expect(try selected(RuleSelection(extend: ["SF402"], ignore: ["SF4"]), "SF402", "SF403") == [true, false])
    #expect(try selected(RuleSelection(select: ["SF402"], ignore: ["SF402"]), "SF402") == [false])
    #expect(RuleSelection(select: ["SF4", "SF9"], ignore: ["XX"]).unknown == ["SF9", "XX"])
  }

  @Test("leaves errors out of the report, and the fleet not made")
  func ignoredErrors() throws {
    let loaded = try load(
      ["spaces/chat.space.yaml": "name: -chat\n"], options: CheckOptions(rules: RuleSelection(ignore: ["SF1"])))
    #expect(loaded.findings == [] && loaded.fleet == nil)
  }
}
