import ArgumentParser
import Console
import Diagnostics
import Files
import Reconciler
import Reports

/// `spaceform show`: a saved plan, offline.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a saved plan, without asking the Hub.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A plan saved by `spaceform plan --out`.", completion: .file())
  var plan: String

  func run() throws {
    guard let bytes = try AtomicFile.read(plan) else {
      throw Failure(
        doing: "reading the saved plan", problem: "there is no file \(plan)",
        help: "`spaceform plan --out \(plan)` makes it")
    }
    let saved = try SavedPlan(bytes: bytes, name: plan)
    switch output.format {
    case .json: Terminal.output(saved.json.prettyText)
    case .human: Terminal.output(SavedPlanText(style: options.outputStyle).text(saved))
    }
  }
}
