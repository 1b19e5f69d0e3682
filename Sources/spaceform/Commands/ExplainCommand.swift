import ArgumentParser
import Console
import Definitions
import Diagnostics
import Reports

/// `spaceform explain`: one rule of `validate`, or all of them in a list.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule of validate, with an example that breaks it and one that keeps it.",
    discussion: """
      Without a rule, lists all of them.

      EXAMPLES
        spaceform explain SF105
        spaceform explain --format json | jq -r '.rules[].id'
      """)

  @OptionGroup var options: GlobalOptions

  @Option(help: "Form of the output on standard output.")
  var format: ExplanationFormat = .human

  @Argument(help: "The rule's id, SF and three digits.", completion: .list(RuleRegistry.all.map(\.id)))
  var rule: String?

  func run() throws {
    let rules = try rule.map { id throws(Failure) in [try Self.rule(id)] } ?? RuleRegistry.all
    switch format {
    case .json: Terminal.output(RuleText.json(rules).prettyText)
    case .markdown: Terminal.output(rule == nil ? RuleText.markdown : rules.map(RuleText.markdown).joined(separator: "\n"))
    case .human:
      let text = RuleText(style: options.outputStyle)
      Terminal.output(rule == nil ? text.list(rules) : rules.map(text.page).joined())
    }
  }

  enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument { case human, json, markdown }

  private static func rule(_ id: String) throws(Failure) -> Rule {
    if let rule = RuleRegistry.rule(id) { return rule }
    let near = Suggestion.nearest(to: id.uppercased(), among: RuleRegistry.all.map(\.id))
    throw Failure(
      doing: "explaining a rule", problem: "there is no rule `\(id)`",
      help: (near.map { "did you mean \($0)? " } ?? "") + "`spaceform explain` lists all rules", status: .usage)
  }
}
