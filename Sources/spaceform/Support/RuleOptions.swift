import ArgumentParser
import Definitions
import Diagnostics

/// Which rules count: `--select`, `--extend-select`, `--ignore`.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Check only these rules: ids or their beginnings, as in SF401,SF5 (repeatable).", valueName: "rules"))
  var select: [String] = []

  @Option(
    help: ArgumentHelp(
      "Check these rules beside the usual ones: the way to turn on a rule that is off by default (repeatable).",
      valueName: "rules"))
  var extendSelect: [String] = []

  @Option(help: ArgumentHelp("Leave these rules out (repeatable).", valueName: "rules"))
  var ignore: [String] = []

  func validate() throws {
    guard let unknown = selection.unknown.first else { return }
    let near = Suggestion.nearest(to: unknown, among: RuleRegistry.all.map(\.id)).map { " Did you mean \($0)?" } ?? ""
    throw ValidationError("There is no rule '\(unknown)'.\(near) `spaceform explain` lists all rules.")
  }

  var selection: RuleSelection {
    RuleSelection(
      select: select.isEmpty ? nil : Self.split(select), extend: Self.split(extendSelect), ignore: Self.split(ignore))
  }

  private static func split(_ lists: [String]) -> [String] {
    lists.flatMap { $0.split { ", ".contains($0) }.map(String.init) }
  }
}
