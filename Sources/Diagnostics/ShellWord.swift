/// A word of a command that a person is told to run.
public enum ShellWord {
  /// The word as a shell takes it: as it is where that is plain, else in quotes.
  public static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+,@%".contains($0)) }
    return isPlain ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
