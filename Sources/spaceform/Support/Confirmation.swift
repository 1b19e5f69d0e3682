import ArgumentParser
import Console
import Diagnostics

/// A question before something that stops or disturbs an app.
struct Confirmation: ParsableArguments {
  @Flag(help: "Do not ask.")
  var yes = false

  /// Returns when it is to be done.
  /// - Throws: a usage failure where there is nobody to ask, an `Ending` when the answer is no.
  func ask(_ question: String, doing: String, _ options: GlobalOptions) throws {
    if yes { return }
    guard Terminal.inputIsTerminal else {
      throw Failure(
        doing: doing, problem: "there is no terminal to ask at", help: "Pass --yes to do it without a question",
        status: .usage)
    }
    if Terminal.ask("\(question) Only `yes` does it: ") == "yes" { return }
    options.note("Nothing was done.")
    throw Ending(status: .failure)
  }
}
