import Reconciler
import SpaceModel
import Testing

@testable import Reports

@Suite("A plan as a page")
struct HTMLPlanTests {
  /// The page without its document type, which is no XML.
  private func parsed(_ plan: Plan) throws -> ParsedElement {
    let text = try HTMLPlan().text(plan)
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    return try ParsedXML.root(of: String(text.dropFirst("<!DOCTYPE html>".count)))
  }

  @Test("has the whole first, and a block to open for each Space and each file")
  func samples() throws {
    try Golden.expect(try HTMLPlan().text(SamplePlans.compared()), "plan-compared.html")
    try Golden.expect(try HTMLPlan().text(SamplePlans.blocked()), "plan-blocked.html")
    let body = try #require(try parsed(SamplePlans.compared()).all("body").first)
    #expect(body.all("header").first?.all("h1").first?.text == "Plan: 1 to update. 1 restart, with a rebuild.")
    let space = try #require(body.all("main").first?.all("details").first)
    #expect(space.attributes == ["class": "update", "open": "open"])
    #expect(space.all("details").count == 2)
    #expect(space.all("div").count == 1)
  }

  @Test("runs nothing and fetches nothing")
  func policy() throws {
    let head = try #require(try parsed(SamplePlans.creation()).all("head").first)
    let policies = head.all("meta").filter { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policies.map { $0.attributes["content"] } == ["default-src 'none'; style-src 'unsafe-inline'"])
    // HTML does not unescape what stands in a style.
    #expect(head.all("style").first.map { !$0.text.contains { "<>&".contains($0) } } == true)
  }

  @Test("shows every value as text, whatever it holds")
  func hostile() throws {
    let hostile = "</code><script>alert(1)</script>&amp;\u{1B}[2J\u{202E}\u{0}"
    var space = SpacePlan(address: SamplePlans.chat, action: .update)
    space.changes = [Change(path: "variables.X", old: .string(hostile), new: .string("]]>" + hostile), effect: .restart)]
    space.notes = [hostile]
    space.foreignCommits = [hostile]
    space.blocked = Refusal(hostile, help: hostile)
    var file = FileChange(path: hostile, operation: .update, old: "a", new: "b", size: 1)
    file.difference = .hunks("@@ -1 +1 @@\n-\(hostile)\n+</pre>\(hostile)\n")
    space.files = [file]
    space.unmanaged.variables = [hostile]
    let plan = Plan(
      project: hostile, hub: hostile, spaces: [space], totals: Totals(), refusals: [Refusal(hostile, help: hostile)])
    let text = try HTMLPlan().text(plan)
    #expect(!text.contains("<script"))
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{0}" })
    let main = try #require(try parsed(plan).all("body").first?.all("main").first)
    let cells = try #require(main.all("details").first?.all("table").first?.all("tr").last?.all("td"))
    #expect(cells[1].all("code").first?.text == "</code><script>alert(1)</script>&amp;\\u{1b}[2J\\u{202e}\\u{0}")
  }

  @Test("no element that holds something is written as one that is closed at once, which HTML would take for a start")
  func emptyElements() throws {
    var plan = SamplePlans.update()
    plan.spaces[0].changes.append(Change(path: "card.title", old: "", new: "", effect: .inPlace))
    let text = try HTMLPlan().text(plan)
    let closed = text.matches(of: /<([a-z0-9]+)[^>]*\/>/).map { String($0.output.1) }
    #expect(Set(closed) == ["meta"])
  }

  @Test("a plan of many Spaces is shown closed, but for what is blocked")
  func many() throws {
    var spaces = (0..<40).map { SpacePlan(address: address("acme/space-\($0)"), action: .create) }
    spaces[3].blocked = Refusal("the address is taken", help: "choose another")
    let plan = Plan(project: "demos", hub: "local", spaces: spaces, totals: Totals())
    let main = try #require(try parsed(plan).all("body").first?.all("main").first)
    let open = main.all("details").filter { $0.attributes["open"] != nil }
    #expect(main.all("details").count == 40)
    #expect(open.map { $0.attributes["class"] } == ["blocked"])
  }
}
