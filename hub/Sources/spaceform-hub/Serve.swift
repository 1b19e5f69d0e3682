import ArgumentParser
import Foundation
import HubServer
import HubSimulator

/// `spaceform-hub serve`.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer the Hub's calls for Spaces on 127.0.0.1.",
    discussion: """
      The first line on stdout says where, once calls are accepted:

        {"endpoint":"http://127.0.0.1:7780","token":"hf_local"}

      Point any client at it:

        HF_ENDPOINT=http://127.0.0.1:7780 HF_TOKEN=hf_local spaceform plan

      ACCOUNTS
        local  PRO, may pay      token hf_local, read-only token hf_readonly,
               hf_scoped, fine-grained: writes acme's Spaces, reads beta's
        acme   Enterprise, may pay, administered by local,
               resource group 66670e5163145ca562cb1988
        beta   Team, may pay, administered by local
        free   free plan         token hf_free
        other  PRO, an outsider  token hf_other

      BUILDS
        A build takes 20 s and a start 5 s of simulated time; with --speed 20
        that is a second and a quarter. A file with one of these lines in it
        makes its Space fail:
          # spaceform-hub: build-error
          # spaceform-hub: runtime-error

      FAULTS
        SELECTOR:KIND, with *COUNT (so many times) or %PERCENT (of the calls)
        behind it; several are separated by commas.
        SELECTOR  *, a call's short name (create, commit, list, info,
                  variables, …), a path or "METHOD path" with * in it

      \(kinds)

        --faults 'POST /api/repos/create:503*2,commit:reset-after*1,*:429%5'

      ASSUMPTIONS
        What no source settles about the Hub is a switch, --assume NAME=VALUE:

      \(assumptions)
      """)

  @Option(name: .long, help: "Port on 127.0.0.1; 0 takes a free one.")
  var port: Int = 7780

  @Option(
    name: .long, help: ArgumentHelp("Keep the state in this folder; without it, it is gone at the end.", valueName: "DIR"))
  var state: String?

  @Option(name: .long, help: ArgumentHelp("Append one JSON object a call to this file.", valueName: "FILE.ndjson"))
  var requestLog: String?

  @Option(name: .long, help: ArgumentHelp("Wait this long before every answer, 50ms or 2s.", valueName: "TIME"))
  var latency: String = "0"

  @Option(name: .long, help: ArgumentHelp("Run the simulated world so many times as fast as the clock.", valueName: "N"))
  var speed: Double = 1

  @Option(name: .long, help: ArgumentHelp("What is to go wrong; see FAULTS.", valueName: "SPEC"))
  var faults: String = ""

  @Option(name: .long, help: ArgumentHelp("Decide an open question; see ASSUMPTIONS.", valueName: "NAME=VALUE"))
  var assume: [String] = []

  @Option(name: .long, help: ArgumentHelp("Decides every id the Hub makes.", valueName: "N"))
  var seed: UInt64 = 1

  // Indented as the help around them is; backquotes are for pages.
  private static let kinds = FaultKind.entries.map { kind in
    entry("\(kind.name), as in \(kind.example)", kind.meaning.filter { $0 != "`" })
  }.joined(separator: "\n")

  private static let assumptions = Assumptions.switches.map { known in
    let values = known.values.isEmpty ? "N" : known.values.joined(separator: "|")
    return entry("\(known.name)=\(values)", "\(known.meaning); default \(known.standard)")
  }.joined(separator: "\n")

  /// A term and, indented below it, what it means.
  private static func entry(_ term: String, _ meaning: String) -> String {
    var lines = ["  \(term)"]
    var line = "     "
    for word in meaning.split(separator: " ") {
      if line.count + word.count > 76 {
        lines.append(line)
        line = "     "
      }
      line += " \(word)"
    }
    return (lines + [line]).joined(separator: "\n")
  }

  func validate() throws { _ = try options() }

  func run() async throws {
    let local: LocalHub
    do {
      local = try LocalHub(try options())
    } catch let failure as ServeFailure {
      Serve.complain(failure.description)
      throw ExitCode.failure
    }
    do {
      try await local.serve(
        ready: { endpoint in Serve.say("{\"endpoint\":\"\(endpoint)\",\"token\":\"hf_local\"}") }, complain: Serve.complain)
    } catch let failure as ServeFailure {
      Serve.complain(failure.description)
      throw ExitCode.failure
    }
  }

  private func options() throws -> HubOptions {
    guard let milliseconds = Milliseconds.read(latency) else {
      throw ValidationError("--latency takes a time such as 50ms or 2s, not \(latency)")
    }
    guard speed > 0, speed.isFinite, speed <= 100_000 else {
      throw ValidationError("--speed takes a number above 0, not \(speed)")
    }
    guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535, not \(port)") }
    var assumptions = Assumptions()
    var plan = FaultPlan()
    do { plan = try FaultPlan(faults, seed: seed) } catch { throw ValidationError("--faults: \(error)") }
    for text in assume {
      do { try assumptions.set(text) } catch { throw ValidationError("--assume: \(error)") }
    }
    return HubOptions(
      port: port, stateFolder: state, requestLog: requestLog, latencyMilliseconds: milliseconds, speed: speed, faults: plan,
      assumptions: assumptions, seed: seed)
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  @Sendable private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("spaceform-hub: \(text)\n".utf8))
  }
}
