import ArgumentParser
import Console
import Diagnostics
import Platform
import Reports

@main
enum Main {
  /// Runs the command that was asked for. Failures are printed here and nowhere else.
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    growHeap(by: 16 << 20)
    do {
      var command = try SpaceformTracker.parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      let style = ColourChoice.auto.style(
        isTerminal: Terminal.errorIsTerminal, environment: ProcessInfo.processInfo.environment)
      Terminal.error(FailureText.text(failure, style: style))
      exit(failure.status.rawValue)
    } catch let ending as Ending {
      exit(ending.status.rawValue)
    } catch {
      SpaceformTracker.exit(withError: error)
    }
  }
}

/// The end of a command that has said everything, with a status other than 0.
struct Ending: Error {
  let status: ExitStatus

  /// Ends the program now. What thousands of items were read into need not be taken apart piece by piece first.
  static func now(_ status: ExitStatus, holding value: some Any) -> Never {
    withExtendedLifetime(value) { exit(status.rawValue) }
  }
}
