import ArgumentParser
import Console
import Diagnostics
import Files
import Reconciler
import Reports

/// `spaceform plan`: what would be done, without doing it.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what apply would do, and what it would cost.",
    discussion: """
      Compares the definitions, the lock and the Hub. Nothing is written, no value of a secret is needed, and a read-only
      token is enough.

      Exit status 0, with --detailed-exitcode 2 when there is something to do; 1 or 4 when a part of the plan is blocked.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var flags: PlanFlags

  @Option(help: ArgumentHelp("Save the plan to this file, for `spaceform apply FILE`.", valueName: "file"), completion: .file())
  var out: String?

  @Flag(help: "Exit with status 2 when the plan is not empty.")
  var detailedExitcode = false

  func run() async throws {
    let project = try await Project.load(options, revision: flags.revision)
    let planning = Planning(
      project: project, hub: try HubAccess.client(options), secrets: try SecretValues(options, folder: project.folder),
      flags: flags.options, usesLivePrices: flags.livePrices)
    let lock = try project.store.read()
    if try project.store.openJournal() != nil {
      options.note("An apply did not end here: the next one first finds out what it did.")
    }
    let plan = try await planning.make(lock: lock).plan
    if let out {
      try AtomicFile.replace(out, with: Array(plan.json.prettyText.utf8))
      options.note("Saved the plan to \(out); `spaceform apply \(out)` does exactly this, or refuses.")
    }
    switch output.format {
    case .json: Terminal.output(plan.json.prettyText)
    case .human: Terminal.output(HumanPlan(style: options.outputStyle, isVerbose: options.verbose).text(plan))
    }
    try Ending.check(plan.status)
    if detailedExitcode, plan.hasChanges { try Ending.check(.changes) }
  }
}
