import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Platform
import Reconciler
import Reports
import SpaceModel

/// `spaceform logs`: the end of a Space's log, or all that comes.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Show the end of a Space's log, or follow it.",
    discussion: """
      --run, the default, is what the app wrote since it started; --build is what the image's build wrote. The address is
      owner/name, or a bare name inside a project with an owner. Prints what is there now and ends.

      With --follow it goes on: through the build's log while the Space builds, then the app's. --build --follow ends with the
      build, --run --follow leaves builds out. A stream that breaks is taken up again without repeating a line. It ends with
      status 1 when the Space comes to an error stage, with 0 when it pauses or sleeps or nobody reads any more, and with 130
      at Ctrl-C.

      EXAMPLES
        spaceform logs acme/chat
        spaceform logs chat --build --tail 200
        spaceform logs chat --follow
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The Space: owner/name, or a bare name.", completion: .space)
  var address: String

  @Flag(help: "The build's log.")
  var build = false

  @Flag(name: .customLong("run"), help: "The app's log.")
  var app = false

  @Flag(name: .shortAndLong, help: "Go on with what comes.")
  var follow = false

  @Option(help: ArgumentHelp("At most this many lines; with --follow, of what is there at the start.", valueName: "n"))
  var tail = 100

  func validate() throws {
    if build, app { throw ValidationError("--build and --run exclude each other.") }
    if tail < 1 { throw ValidationError("--tail takes a number from 1 on.") }
  }

  func run() async throws {
    let space = try SpaceArgument.address(address, options)
    let hub = try HubAccess.client(options)
    if follow { return try await following(space, hub) }
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
  private func following(_ space: SpaceID, _ hub: any HubAPI) async throws {
    // Nothing is held and nothing is written, so there is nothing to settle.
    let interruption = Interruption { _exit(128 + $0) }
    defer { withExtendedLifetime(interruption) {} }
    let scope: LogFollowing.Scope = build ? .build : app ? .run : .both
    var shown: LogKind?
    let end = try await LogFollowing(hub: hub).follow(space, scope, tail: tail) { kind, line in
      let isOther = shown != kind
      shown = kind
      switch output.format {
      case .json: return Terminal.follow(LogText.json(line, of: space, kind).canonicalText + "\n")
      case .human:
        if isOther { options.note("The \(kind.rawValue) log of \(space):") }
        return Terminal.follow(LogText.text([line]))
      }
    }
    guard case .stage(let stage) = end else { return }
    options.note(LogText.end(stage, of: space))
    try Ending.check(stage?.isError == true ? .failure : .success)
  }
}
