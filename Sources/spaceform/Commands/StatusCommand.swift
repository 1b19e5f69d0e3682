import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Platform
import Reconciler
import Reports
import SpaceModel
import State

/// `spaceform status`: where the fleet stands now.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the stage, hardware, cost and commit of every Space in the lock.",
    discussion: """
      One list call a namespace. The cost of now counts what runs; the month is an upper bound, 730 hours without sleep. Exit
      status 1 when a Space is gone or in an error stage.

      With --watch the table is drawn anew as long as it runs; where the output is no terminal, it is written once, then a line
      for each Space that changed (with --format json, a whole document on one line at every change). It ends with Ctrl-C,
      status 130.

      EXAMPLES
        spaceform status
        spaceform status chat acme/api
        spaceform status --watch --every 10
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Show these Spaces alone: owner/name, or a bare name inside a project with an owner.", completion: .space)
  var addresses: [String] = []

  @Flag(name: .shortAndLong, help: "Look again and again.")
  var watch = false

  @Option(help: ArgumentHelp("Seconds between two looks, from 1 on.", valueName: "seconds"))
  var every = 5

  @Flag(help: "Read the hardware prices from the Hub instead of the built-in table.")
  var livePrices = false

  func validate() throws {
    if every < 1 { throw ValidationError("--every takes a number of seconds from 1 on.") }
  }

  func run() async throws {
    let folder = try ProjectFolder(options)
    let hub = try HubAccess.client(options)
    guard let lock = try LockPlace(options).store.read(), !lock.spaces.isEmpty else {
      options.note("Nothing has been applied here yet.")
      if output.format == .json { Terminal.output(FleetStatus(spaces: []).json.prettyText) }
      return
    }
    try HubAccess.check(lock, file: folder.lockName, endpoint: hub.endpoint, project: lock.project)
    let wanted = try wanted(in: lock, folder)
    var catalogue = HardwareCatalogue.published
    if livePrices {
      do throws(HubError) { catalogue = try await hub.hardware() } catch {
        throw error.failure(doing: "reading the Hub's prices")
      }
    }
    let status = try await FleetStatus.read(lock, hub, addresses: wanted, catalogue: catalogue)
    guard !watch else {
      return try await watching(status) { () async throws(Failure) in
        try await FleetStatus.read(lock, hub, addresses: wanted, catalogue: catalogue)
      }
    }
    switch output.format {
    case .json: Terminal.output(status.json.prettyText)
    case .human: Terminal.output(StatusText(style: options.outputStyle).text(status))
    }
    try Ending.check(status.isHealthy ? .success : .failure)
  }

  /// Nil: all.
  private func wanted(in lock: Lock, _ folder: ProjectFolder) throws(Failure) -> Set<SpaceID>? {
    guard !addresses.isEmpty else { return nil }
    var wanted: Set<SpaceID> = []
    for text in addresses {
      let address = try SpaceArgument.address(text, options)
      guard lock.spaces[address] != nil else {
        throw Failure(
          doing: "showing the status of \(address)", problem: "\(folder.lockName) does not record it",
          help: "`spaceform state list` shows what is recorded")
      }
      wanted.insert(address)
    }
    return wanted
  }

  // MARK: Watching

  /// Looks that may fail in a row before the watch is given up.
  private static let largestNumberOfFailures = 5

  private func watching(_ first: FleetStatus, _ look: () async throws(Failure) -> FleetStatus) async throws {
    let interruption = Interruption { _exit(128 + $0) }
    defer { withExtendedLifetime(interruption) {} }
    let draws = output.format == .human && Terminal.outputIsTerminal
    var status = first
    var failures = 0
    guard show(status, after: nil, draws: draws) else { return }
    while true {
      try await Task.sleep(for: .seconds(every))
      let next: FleetStatus
      do throws(Failure) {
        next = try await look()
        failures = 0
      } catch {
        failures += 1
        if failures >= Self.largestNumberOfFailures { throw error }
        options.note("\(error.doing): \(error.problem); looking again.")
        continue
      }
      guard show(next, after: status, draws: draws) else { return }
      status = next
    }
  }

  /// False when nobody reads any more.
  private func show(_ status: FleetStatus, after old: FleetStatus?, draws: Bool) -> Bool {
    let text = StatusText(style: options.outputStyle).text(status)
    // To the upper left corner, and clear what is below.
    if draws { return Terminal.follow("\u{1B}[H\u{1B}[J" + text) }
    guard let old else { return Terminal.follow(output.format == .json ? status.json.canonicalText + "\n" : text) }
    if output.format == .json { return status == old || Terminal.follow(status.json.canonicalText + "\n") }
    let lines = StatusChanges.lines(from: old, to: status)
    return lines.isEmpty || Terminal.follow(lines.map { $0 + "\n" }.joined())
  }
}
