import Console
import Diagnostics

/// A failure for people: what was being done, what went wrong, and the way out (docs/messages.md).
public enum FailureText {
  public static func text(_ failure: Failure, style: Style) -> String {
    var text = "\(style.red("error:")) \(Printable.text(failure.doing)): \(Printable.text(failure.problem))\n"
    if let help = failure.help { text += "  \(style.cyan("help:")) \(Printable.text(help))\n" }
    return text
  }
}
