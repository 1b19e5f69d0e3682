import HubServer
import HubSimulator
import Testing

/// `docs/local-hub.md` lists every switch and every kind of fault as the program knows them.
@Suite struct LocalHubPageTests {
  private static let path = "docs/local-hub.md"

  @Test func thePageListsEverySwitchAndEveryKindOfFault() throws {
    let switches = Assumptions.switches.map { known in
      let values = known.values.isEmpty ? "a number" : known.values.map { "`\($0)`" }.joined(separator: ", ")
      return [" `\(known.name)` ", " \(values) ", " `\(known.standard)` ", " \(known.meaning) "]
    }
    let faults = FaultKind.entries.map { kind in
      [" \(Self.code(kind.name)) ", " `\(kind.example)` ", " \(kind.meaning) "]
    }
    var page = try Page.text(Self.path)
    page = try Self.replacing("switches", in: page, ["name", "values", "default", "decides"], switches)
    page = try Self.replacing("faults", in: page, ["kind", "example", "what happens"], faults)
    try Page.expect(page, Self.path)
  }

  /// A kind that is a range of statuses is prose; the others are written as they are typed.
  private static func code(_ name: String) -> String { name.contains(" ") ? name : "`\(name)`" }

  /// The page with the table between its two marks made anew.
  private static func replacing(
    _ name: String, in page: String, _ columns: [String], _ rows: [[String]]
  ) throws -> String {
    let mark = "<!-- table: \(name) -->\n"
    let parts = page.split(separator: mark, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(path) must have the mark of the table \(name) once")
    let rest = parts[1].split(separator: "<!-- end -->", maxSplits: 1, omittingEmptySubsequences: false)
    try #require(rest.count == 2, "the table \(name) of \(path) has no end")
    var lines = ["| " + columns.joined(separator: " | ") + " |", "|" + String(repeating: "---|", count: columns.count)]
    lines += rows.map { "|" + $0.joined(separator: "|") + "|" }
    return parts[0] + mark + lines.joined(separator: "\n") + "\n<!-- end -->" + rest[1]
  }
}
