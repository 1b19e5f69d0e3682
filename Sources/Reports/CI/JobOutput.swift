import Diagnostics

/// What a step tells later steps and the runner, in GitHub's forms.
public enum JobOutput {
  /// Lines of `GITHUB_OUTPUT`: each value between two lines that are not in it.
  public static func text(_ values: [(name: String, value: String)]) -> String {
    values.map { name, value in
      var fence = "spaceform_end"
      while value.contains(fence) { fence += "_" }
      return "\(name)<<\(fence)\n\(value)\n\(fence)\n"
    }.joined()
  }

  /// A line that has the runner mask a text wherever the log shows it.
  public static func mask(_ text: String) -> String { "::add-mask::" + GitHubCommand.escapedData(text) + "\n" }

  /// An annotation without a place.
  public static func error(_ text: String) -> String {
    GitHubCommand(name: "error", properties: [("title", "Spaceform")], data: TerminalText.escaped(text)).text + "\n"
  }
}
