import ArgumentParser
import Console
import Diagnostics
import Platform
import Reports

@main
enum Main {
  /// Runs the command that was asked for. Failures are printed here and nowhere else.
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    growHeap(by: 16 << 20)
    do {
      var command = try Spaceform.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      let environment = ProcessInfo.processInfo.environment
      let style = ColourChoice.auto.style(isTerminal: Terminal.errorIsTerminal, environment: environment)
      Terminal.error(FailureText.text(failure, style: style))
      exit(failure.status.rawValue)
    } catch let ending as Ending {
      exit(ending.status.rawValue)
    } catch {
      Spaceform.exit(withError: error)
    }
  }
}

/// The end of a command that has said everything, with a status other than 0.
struct Ending: Error {
  let status: ExitStatus

  /// Nothing for success, an `Ending` for everything else.
  static func check(_ status: ExitStatus) throws(Ending) {
    if status != .success { throw Ending(status: status) }
  }

  /// Ends the program now. What thousands of definitions were read into need not be taken apart piece by piece first: the system
  /// takes the memory back at once.
  static func now(_ status: ExitStatus, holding value: some Any) -> Never {
    withExtendedLifetime(value) { exit(status.rawValue) }
  }
}
