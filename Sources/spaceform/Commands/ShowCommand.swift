import ArgumentParser
import Console
import Diagnostics
import Files
import Reconciler
import Reports

/// `spaceform show`: a saved plan, offline.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a saved plan, without asking the Hub.",
    discussion: """
      Shows the plan as it was made, in any form that `spaceform plan` has; whether it still holds is for `spaceform apply` to say.
      """)

  @OptionGroup var options: GlobalOptions
  @Option(help: "Form of the output on standard output.")
  var format: PlanFormat = .human

  @Argument(help: "A plan saved by `spaceform plan --out`.", completion: .file())
  var plan: String

  func run() throws {
    guard let bytes = try AtomicFile.read(plan) else {
      throw Failure(
        doing: "reading the saved plan", problem: "there is no file \(plan)",
        help: "`spaceform plan --out \(plan)` makes it")
    }
    let saved = try SavedPlan(bytes: bytes, name: plan)
    if format == .json { return Terminal.output(saved.json.prettyText) }
    Terminal.output(try format.text(try saved.plan(name: plan), options))
    options.note(
      "This is the plan as it was made. Nothing was asked of the Hub; `spaceform apply \(ShellWord.quoted(plan))` checks that it holds."
    )
  }
}
