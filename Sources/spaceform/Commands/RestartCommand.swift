import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel

/// `spaceform restart`: starts a Space again, paused or not.
struct RestartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", abstract: "Start a Space again; the way out of a pause.",
    discussion: """
      Returns at once; `spaceform status` and `spaceform logs` show how it goes. On paid hardware billing starts with it. Asks
      first; without a terminal it needs --yes.

      EXAMPLES
        spaceform restart acme/chat
        spaceform restart chat --factory --yes      build the image again, without any cache
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var confirmation: Confirmation

  @Argument(help: "The Space: owner/name, or a bare name inside a project with an owner.", completion: .space)
  var address: String

  @Flag(help: "Build the image again, without cache.")
  var factory = false

  func run() async throws {
    let space = try SpaceArgument.address(address, options)
    let hub = try HubAccess.client(options)
    let what = factory ? "Build \(space) again and restart it?" : "Restart \(space)?"
    try confirmation.ask("\(what) Its app does not answer meanwhile.", doing: "restarting \(space)", options)
    let runtime: SpaceRuntime
    do throws(HubError) { runtime = try await hub.restart(space, factory: factory) } catch {
      throw error.failure(doing: "restarting \(space)")
    }
    switch output.format {
    case .json: Terminal.output(RuntimeText.json(runtime, of: space).prettyText)
    case .human: Terminal.output(RuntimeText.text(runtime, of: space, style: options.outputStyle))
    }
  }
}
