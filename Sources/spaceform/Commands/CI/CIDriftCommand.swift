import ArgumentParser
import CI
import Console
import Diagnostics
import Reconciler
import Reports

/// `spaceform ci drift`: one issue that is open while the Hub differs from what was applied.
struct CIDriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift", abstract: "Keep an issue open while the Hub differs from what was applied.",
    discussion: """
      For a schedule. The issue has the table of what differs, is edited in place while there is drift, and closed when there is none.

      Exit status 0, with or without drift; with --fail-on-drift 2 when there is some.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var ci: CIOptions

  @Flag(help: "Exit with status 2 when there is drift.")
  var failOnDrift = false

  func run() async throws {
    let job = CIJob(options, ci)
    job.maskTokens()
    let project = try await Project.load(options)
    let planning = Planning(
      project: project, hub: try HubAccess.client(options), secrets: try SecretValues(options, folder: project.folder),
      flags: PlanOptions(), usesLivePrices: false, note: { [options] in options.note($0) })
    let drift = Drift(try await planning.make(lock: try project.store.read()).plan)
    Terminal.output(DriftText(style: options.outputStyle).text(drift))
    let issue = DriftIssue(try job.context(project.folder, project: project.fleet.project.name))
    let marker = try job.context(project.folder, project: project.fleet.project.name).marker(.drift)
    let text = drift.spaces.isEmpty ? issue.textWithout() : issue.text(drift)
    try job.summarise(text)
    try job.output([("drifted", String(drift.spaces.count))])
    if drift.spaces.isEmpty {
      // What could not be judged may have drifted: the issue stays.
      if drift.status == .success {
        await job.post("The issue about drift") { try await $0.closeIssue(saying: issue.farewell, marker: marker) }
      }
    } else if job.isDry {
      Terminal.output("--- the issue \(issue.title) ---\n\(text)\n")
    } else {
      await job.post("The issue about drift") { try await $0.issue(title: issue.title, text, marker: marker) }
    }
    try Ending.check(drift.status)
    if failOnDrift, !drift.spaces.isEmpty { try Ending.check(.changes) }
  }
}
