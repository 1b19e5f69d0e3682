import ArgumentParser
import Console
import Diagnostics
import Files
import Hub
import Reconciler
import Reports

/// `spaceform plan`: what would be done, without doing it.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what apply would do, and what it would cost.",
    discussion: """
      Compares the definitions, the lock and the Hub. Nothing is written, no value of a secret is needed, and a read-only
      token is enough.

      With --refresh full the keys of every Space are read, two calls for each, and those that neither the definitions nor
      the lock know are listed; they are never changed.

      With --refresh none the Hub is not asked: the definitions are compared with the lock alone, no token is needed, and
      what only the Hub knows is left out. With --revision the lock is then that revision's too.

      Exit status 0, with --detailed-exitcode 2 when there is something to do; 1 or 4 when a part of the plan is blocked.
      """)

  @OptionGroup var options: GlobalOptions
  @Option(
    help: "Form of the output: markdown is for comments on pull requests and summaries of jobs, html is a page to be opened.")
  var format: PlanFormat = .human

  @OptionGroup var flags: PlanFlags

  @Option(help: ArgumentHelp("Save the plan to this file, for `spaceform apply FILE`.", valueName: "file"), completion: .file())
  var out: String?

  @Option(
    help: "What to ask of the Hub first: `bulk`; `full` to list unmanaged keys too; `none` to plan offline, against the lock.")
  var refresh: Refresh = .bulk

  @Flag(help: "Print only what is blocked, and the totals.")
  var summary = false

  @Flag(help: "Exit with status 2 when the plan is not empty.")
  var detailedExitcode = false

  func validate() throws {
    guard refresh == .nothing else { return }
    if out != nil {
      throw ValidationError("--out saves what a plan saw on the Hub, and --refresh none asks the Hub for nothing.")
    }
    if !flags.adopt.isEmpty || flags.overwriteForeign || flags.livePrices || flags.diff {
      throw ValidationError(
        "--adopt, --overwrite-foreign, --live-prices and --diff need the Hub, which --refresh none does not ask.")
    }
  }

  func run() async throws {
    let project = try await Project.load(options, revision: flags.revision, readsAllFiles: refresh != .nothing)
    // A verdict on a commit must not hang on what happened here.
    let isOnBranch = project.fleet.project.state != .file
    if refresh != .nothing || (flags.revision == nil && !isOnBranch), try project.store.openJournal() != nil {
      options.note("An apply did not end here: the next one first finds out what it did.")
    }
    let plan = refresh == .nothing ? try offline(project) : try await refreshed(project)
    if let out {
      try AtomicFile.replace(out, with: Array(plan.json.prettyText.utf8))
      options.note("Saved the plan to \(out); `spaceform apply \(out)` does exactly this, or refuses.")
    }
    if summary, format == .human {
      Terminal.output(HumanPlan(style: options.outputStyle, isVerbose: options.verbose).summary(plan))
    } else {
      Terminal.output(try format.text(plan, options))
    }
    try Ending.check(plan.status)
    if detailedExitcode, plan.hasChanges { try Ending.check(.changes) }
  }

  private func refreshed(_ project: Project) async throws(Failure) -> Plan {
    let planning = Planning(
      project: project, hub: try HubAccess.client(options), secrets: try SecretValues(options, folder: project.folder),
      flags: flags.options, usesLivePrices: flags.livePrices, comparesFiles: flags.diff, refresh: refresh,
      note: { [options] in options.note($0) })
    let lock = try project.store.read()
    if try project.rollbackGuard.refuses(lock) {
      options.note("The revision applied last is not in this one's history: apply refuses it without --allow-rollback.")
    }
    return try await planning.make(lock: lock).plan
  }

  private func offline(_ project: Project) throws(Failure) -> Plan {
    let planning = OfflinePlanning(
      project: project, secrets: try SecretValues(options, folder: project.folder), flags: flags.options,
      configuredEndpoint: try HubConfiguration.endpoint(options.environment["HF_ENDPOINT"]))
    let lock = try planning.lock(revision: flags.revision)
    if lock == nil {
      let place = flags.revision.map { " in \($0)" } ?? ""
      options.note(
        project.fleet.project.state == .file
          ? "There is no \(project.folder.lockName)\(place): every Space counts as one to be created."
          : "The lock was not seen on this machine yet: every Space counts as one to be created.")
    }
    return try planning.make(lock: lock)
  }
}

extension Refresh: ExpressibleByArgument {}

/// The forms in which `plan` and `show` write a plan.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case human, json, markdown, html

  func text(_ plan: Plan, _ options: GlobalOptions) throws(Failure) -> String {
    switch self {
    case .human: HumanPlan(style: options.outputStyle, isVerbose: options.verbose).text(plan)
    case .json: plan.json.prettyText
    case .markdown: MarkdownPlan().text(plan)
    case .html: try HTMLPlan().text(plan)
    }
  }
}
