import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel

/// `spaceform logs`: the end of a Space's log.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Show the end of a Space's log.",
    discussion: """
      --run, the default, is what the app wrote since it started; --build is what the image's build wrote. The address is
      owner/name, or a bare name inside a project with an owner. Prints what is there now and ends.

      EXAMPLES
        spaceform logs acme/chat
        spaceform logs chat --build --tail 200
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The Space: owner/name, or a bare name.")
  var address: String

  @Flag(help: "The build's log.")
  var build = false

  @Flag(name: .customLong("run"), help: "The app's log.")
  var app = false

  @Option(help: ArgumentHelp("At most this many lines.", valueName: "n"))
  var tail = 100

  func validate() throws {
    if build, app { throw ValidationError("--build and --run exclude each other.") }
    if tail < 1 { throw ValidationError("--tail takes a number from 1 on.") }
  }

  func run() async throws {
    let space = try SpaceArgument.address(address, options)
    let hub = try HubAccess.client(options)
    let kind: LogKind = build ? .build : .run
    let lines: [LogLine]
    do throws(HubError) { lines = try await hub.logs(of: space, kind, tail: tail) } catch {
      throw error.failure(doing: "reading the \(kind.rawValue) log of \(space)")
    }
    switch output.format {
    case .json: Terminal.output(LogText.json(lines, of: space, kind).prettyText)
    case .human:
      if lines.isEmpty { options.note("The \(kind.rawValue) log of \(space) is empty.") }
      Terminal.output(LogText.text(lines))
    }
  }
}
