import ArgumentParser
import Console
import Diagnostics
import Files
import Platform
import Reconciler
import Reports
import SpaceModel
import State

/// `spaceform apply`: makes the Hub match the definitions.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make the Hub match the definitions, and wait until it does.",
    discussion: """
      Without a file, plans, shows the plan and asks; in CI use --auto-approve. With a file saved by `plan --out`, does exactly
      that, or refuses when anything it rests on has changed (exit status 5).

      With `state: { store: git }` one run at a time has the lease; while another has it, the exit status is 6.

      Whatever is done is in the lock, also after Ctrl-C, a crash or a failure: run the command again to go on.
      """)

  @OptionGroup var options: GlobalOptions
  @Option(help: "Form of the output on standard output; ndjson is a line for each thing as it happens.")
  var format: ApplyFormat = .human

  @OptionGroup var flags: PlanFlags
  @OptionGroup var lease: LeaseOptions

  @Argument(help: "A plan saved by `spaceform plan --out`.", completion: .file())
  var plan: String?

  @Flag(help: "Do not ask.")
  var autoApprove = false

  @Flag(help: "With a git store: apply a revision that does not come after the one applied last.")
  var allowRollback = false

  @Option(help: ArgumentHelp("Work on at most this many Spaces at once.", valueName: "n"))
  var parallelism = 16

  func validate() throws {
    if plan != nil, !flags.options.selection.isEverything {
      throw ValidationError("A saved plan says which Spaces it is about; leave --target and --exclude out.")
    }
    if plan != nil, flags.diff {
      throw ValidationError(
        "A saved plan is applied as it was reviewed; `spaceform plan --diff --out FILE` keeps what changes in it.")
    }
    if parallelism < 1 { throw ValidationError("--parallelism takes a number from 1 on.") }
  }

  func run() async throws {
    if plan == nil, !autoApprove, !Terminal.inputIsTerminal {
      throw Failure(
        doing: "asking whether to apply", problem: "there is no terminal to ask at",
        help: "Pass --auto-approve, or a plan saved by `spaceform plan --out FILE`", status: .usage)
    }
    let saved = try plan.map { name throws(Failure) in try savedPlan(name) }
    let project = try await Project.load(options, revision: flags.revision)
    let hub = try HubAccess.client(options)
    let secrets = try SecretValues(options, folder: project.folder)
    let lease = try ApplyLease(project, options, patience: lease.leaseTimeout)
    let run = ApplyRun(
      project: project, hub: hub, secrets: secrets, session: lease.session, options: options, format: format,
      flags: flags.options,
      usesLivePrices: flags.livePrices, comparesFiles: flags.diff, parallelism: parallelism, saved: saved,
      savedName: plan ?? "", mayAsk: plan == nil && !autoApprove, mayRollBack: allowRollback, signals: lease.signals)
    try await run.run()
  }

  private func savedPlan(_ name: String) throws(Failure) -> SavedPlan {
    guard let bytes = try AtomicFile.read(name) else {
      throw Failure(
        doing: "reading the saved plan", problem: "there is no file \(name)",
        help: "`spaceform plan --out \(name)` makes it")
    }
    return try SavedPlan(bytes: bytes, name: name)
  }
}

enum ApplyFormat: String, CaseIterable, ExpressibleByArgument {
  case human, json, ndjson
}
