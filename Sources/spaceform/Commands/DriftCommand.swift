import ArgumentParser
import Console
import Diagnostics
import Reconciler
import Reports
import SpaceModel

/// `spaceform drift`: what changed on the Hub without us.
struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift", abstract: "Report what changed on the Hub outside of Spaceform, and Spaces that are down.",
    discussion: "Exit status 2 when there is drift or a Space in an error stage, 0 when there is none.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let project = try await Project.load(options)
    let planning = Planning(
      project: project, hub: try HubAccess.client(options), secrets: try SecretValues(options, folder: project.folder),
      flags: PlanOptions(), usesLivePrices: false, note: { [options] in options.note($0) })
    let drift = Drift(try await planning.make(lock: try project.store.read()).plan)
    switch output.format {
    case .json: Terminal.output(drift.json.prettyText)
    case .human: Terminal.output(DriftText(style: options.outputStyle).text(drift))
    }
    try Ending.check(drift.spaces.isEmpty ? drift.status : .changes)
  }
}
