import Testing

@testable import CI

@Suite("Markers") struct MarkerTests {
  @Test("facts come back, whatever is in them")
  func facts() {
    let marker = Marker(.plan, folder: "teams/a b", environment: "staging")
    let line = marker.line([("digest", "sha256:ab-cd"), ("revision", "c0ffee")])
    #expect(line == "<!-- spaceform:plan teams/a%20b env=staging | digest=sha256:ab-cd revision=c0ffee -->")
    #expect(marker.facts(in: line + "\nrest") == ["digest": "sha256:ab-cd", "revision": "c0ffee"])
  }

  @Test("another kind, folder or environment is another marker")
  func others() {
    let line = Marker(.plan, folder: ".").line()
    for other in [
      Marker(.drift, folder: "."), Marker(.plan, folder: "a"), Marker(.plan, folder: ".", environment: "staging"),
    ] { #expect(other.facts(in: line) == nil) }
    #expect(Marker(.plan, folder: ".").facts(in: "quoted: " + line) == nil)
  }

  @Test("no name ends the comment, or stands for another")
  func injection() {
    let line = Marker(.plan, folder: "a--> <b>", environment: "x | digest=1").line([("revision", "-->")])
    #expect(line.firstRange(of: "-->")?.upperBound == line.endIndex)
    #expect(Marker(.plan, folder: "a--> <b>", environment: "x").facts(in: line) == nil)
  }
}
