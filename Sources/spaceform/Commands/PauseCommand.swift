import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel

/// `spaceform pause`: stops a Space until somebody restarts it.
struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Stop a Space until it is restarted; a paused Space costs nothing.",
    discussion: """
      Definitions and lock stay as they are: `plan` reports the Space as paused and never starts it. `spaceform restart` does.
      Asks first; without a terminal it needs --yes.

      EXAMPLES
        spaceform pause acme/chat
        spaceform pause chat --yes
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var confirmation: Confirmation

  @Argument(help: "The Space: owner/name, or a bare name inside a project with an owner.", completion: .space)
  var address: String

  func run() async throws {
    let space = try SpaceArgument.address(address, options)
    let hub = try HubAccess.client(options)
    try confirmation.ask("Pause \(space)? Its app stops until it is restarted.", doing: "pausing \(space)", options)
    let runtime: SpaceRuntime
    do throws(HubError) { runtime = try await hub.pause(space) } catch { throw error.failure(doing: "pausing \(space)") }
    switch output.format {
    case .json: Terminal.output(RuntimeText.json(runtime, of: space).prettyText)
    case .human: Terminal.output(RuntimeText.text(runtime, of: space, style: options.outputStyle))
    }
  }
}
