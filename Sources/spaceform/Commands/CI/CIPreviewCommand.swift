import ArgumentParser
import CI
import Diagnostics
import Reconciler
import Reports
import SpaceModel

/// `spaceform ci preview`: copies of what a change request changes, to be looked at before it is merged.
struct CIPreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Make copies of the Spaces that a pull or merge request changes, and remove them.",
    discussion: """
      Each Space that the change request changes gets a copy with `-pr-NUMBER` after its name: private, on free hardware, and with no
      secret and no volume but those that `preview` in spaceform.yaml names. A comment has the addresses. Run again, the copies follow
      the change request, and those that it does not change any more are removed.

      In a job for a change request that was merged or closed, or with --close, the copies are removed; that they are gone already is
      fine. With --expired, for a schedule, those are removed whose files did not change for longer than `preview.ttl` (3d).

      Only what an earlier run of this command made is ever removed. A job for a fork makes nothing. The state has to be on a branch
      (`state: { store: git }`), and the token must be allowed to create Spaces.

      Leaves for later steps: spaces (how many copies there are), url (of the first), urls (all, as a JSON object).
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var lease: LeaseOptions
  @OptionGroup var ci: CIOptions

  @Option(help: ArgumentHelp("The change request, where the job does not say which.", valueName: "n"))
  var number: Int?

  @Option(
    help: ArgumentHelp("What it is to be merged into, where the job does not say: a branch or a commit.", valueName: "rev"))
  var base: String?

  @Option(
    help: ArgumentHelp(
      "Copy these Spaces and what they refer to, whether or not they change: an address or a name, `*` for any text (repeatable).",
      valueName: "space"), completion: .space)
  var target: [String] = []

  @Option(help: ArgumentHelp("Copy no such Space, nor what refers to it (repeatable).", valueName: "space"), completion: .space)
  var exclude: [String] = []

  @Flag(help: "Remove the copies.")
  var close = false

  @Flag(help: "Remove every preview that is too old.")
  var expired = false

  @Option(help: ArgumentHelp("Work on at most this many Spaces at once.", valueName: "n"))
  var parallelism = 16

  func validate() throws {
    if parallelism < 1 { throw ValidationError("--parallelism takes a number from 1 on.") }
    if let number, number < 1 { throw ValidationError("--number takes a number from 1 on.") }
    guard expired else { return }
    if close || number != nil || base != nil || !target.isEmpty || !exclude.isEmpty {
      throw ValidationError("--expired looks at every preview; leave the other options out.")
    }
  }

  func run() async throws {
    let job = CIJob(options, ci)
    job.maskTokens()
    try job.lendTokenToGit()
    guard expired || !job.isFromFork else {
      return options.note("A fork gets no preview: it would run somebody else's code with this project's token.")
    }
    let project = try await Project.load(options)
    let place = try PreviewPlace(project, job, options, patience: lease.leaseTimeout, parallelism: parallelism)
    if expired { return try await PreviewSweep(place: place).run() }
    guard let number = number ?? job.environment.change?.number else {
      throw Failure(
        doing: "finding the change request", problem: "this is not a job for one",
        help: "Run it in a job for a pull or merge request, or name one with --number.", status: .usage)
    }
    let work = PreviewWork(place: place, preview: PreviewFleet(of: project.fleet, number: number))
    if close || (self.number == nil && job.environment.change?.isClosed == true) { return try await work.remove(.closed) }
    try await work.make(try await chosen(project, work.preview, job))
  }

  /// The Spaces that get a copy.
  private func chosen(_ project: Project, _ preview: PreviewFleet, _ job: CIJob) async throws -> Set<SpaceID> {
    let everything = Set(project.fleet.spaces.map(\.id))
    let selection = SpaceSelection(targets: target, excludes: exclude)
    let named = try selection.addresses(in: project.fleet, nil) ?? everything
    guard target.isEmpty else { return named }
    guard let base = base ?? job.environment.change?.base else {
      throw Failure(
        doing: "finding out what changes", problem: "nothing says what this is to be merged into",
        help: "Pass --base with a branch or a commit, or name the Spaces with --target.", status: .usage)
    }
    return named.intersection(try await PreviewChanges(project: project, options: options).since(base, preview))
  }
}
