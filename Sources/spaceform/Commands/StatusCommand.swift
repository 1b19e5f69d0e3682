import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel
import State

/// `spaceform status`: where the fleet stands now.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the stage, hardware and commit of every Space in the lock.",
    discussion: "One list call a namespace. Exit status 1 when a Space is gone or in an error stage.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let folder = try ProjectFolder(options)
    let hub = try HubAccess.client(options)
    guard let lock = try folder.store(project: folder.name).read(), !lock.spaces.isEmpty else {
      options.note("Nothing has been applied here yet.")
      if output.format == .json { Terminal.output(FleetStatus(spaces: []).json.prettyText) }
      return
    }
    try HubAccess.check(lock, file: folder.lockName, endpoint: hub.endpoint, project: lock.project)
    let status = try await FleetStatus.read(lock, hub)
    switch output.format {
    case .json: Terminal.output(status.json.prettyText)
    case .human: Terminal.output(StatusText(style: options.outputStyle).text(status))
    }
    try Ending.check(status.isHealthy ? .success : .failure)
  }
}
