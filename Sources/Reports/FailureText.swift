import Console
import Diagnostics

/// A failure for people: what went wrong, while doing what, and the way out.
public enum FailureText {
  public static func text(_ failure: Failure, style: Style) -> String {
    var text = "\(style.red("error:")) \(Printable.text(failure.problem))\n"
    text += "  \(style.dim("while")) \(Printable.text(failure.doing))\n"
    if let help = failure.help { text += "  \(style.cyan("help:")) \(Printable.text(help))\n" }
    return text
  }
}
