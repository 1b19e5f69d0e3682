/// What `validate --fix` did.
public enum FixText {
  public static func text(fixed: Int, files: [String]) -> String {
    let findings = "Fixed \(fixed) finding\(fixed == 1 ? "" : "s")"
    let names = files.prefix(5).map(TerminalText.escaped).joined(separator: ", ")
    return "\(findings) in \(names)\(files.count > 5 ? " and \(files.count - 5) other files" : "")."
  }
}
