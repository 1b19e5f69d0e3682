/// A line for a shell, as far as it is plain: commands one after the other, the last of which stays.
struct ShellLine {
  /// The words of each command, redirections left out.
  private(set) var commands: [[DockerWord]] = [[]]
  /// Whether there is nothing in it but commands one after the other: no pipe, no background, no choice.
  private(set) var isPlain = true

  init(_ line: GatheredLine) {
    var words = DockerWords(line, isShell: true)
    while let token = words.next() {
      switch token {
      case .word(let word): commands[commands.count - 1].append(word)
      case .control(let mark, _):
        switch mark {
        case ";", "&&": commands.append([])
        case _ where mark.contains(where: { $0 == "<" || $0 == ">" }):
          // What is written to a file or read from one changes nothing here.
          if mark.hasSuffix("(") || mark.hasPrefix(")") { isPlain = false }
          _ = words.next()
        default:
          isPlain = false
          commands.append([])
        }
      }
    }
    commands.removeAll(where: \.isEmpty)
  }
}
