import Definitions

/// What a run of `validate` looked at, in one sentence.
public struct CheckedText {
  private let checked: CheckedFiles
  /// What brought a path into the run: it `changed`, or was `named` on the command line.
  private let verb: String

  /// - Parameters:
  ///   - checked: what the run looked at.
  ///   - isStaged: the run is about what is staged, not about paths somebody named.
  public init(_ checked: CheckedFiles, isStaged: Bool) {
    self.checked = checked
    verb = isStaged ? "changed" : "named"
  }

  /// `Checked 12 files of 2 of 8 Spaces (1 definition changed, 1 source changed)`
  public var text: String {
    var text = "Checked \(count(checked.total, "file"))"
    guard checked.spacesInProject > 0 else { return text }
    if checked.spaces.count == checked.spacesInProject {
      text += " of \(count(checked.spacesInProject, "Space"))"
    } else {
      text += " of \(checked.spaces.count) of \(count(checked.spacesInProject, "Space"))"
    }
    let reasons = CheckedFiles.Reason.allCases.compactMap { reason -> String? in
      let number = checked.spaces.count { $0.reason == reason }
      return number == 0 ? nil : words(reason, number)
    }
    return reasons.isEmpty ? text : text + " (\(reasons.joined(separator: ", ")))"
  }

  /// One line a Space: which definition, and why it was checked.
  public var details: String {
    checked.spaces.map { "  \($0.file): \(why($0.reason))\n" }.joined()
  }

  private func words(_ reason: CheckedFiles.Reason, _ number: Int) -> String? {
    switch reason {
    case .everything: nil
    case .project: "the project file \(verb)"
    case .definition: "\(count(number, "definition")) \(verb)"
    case .source: "\(count(number, "source")) \(verb)"
    case .reference: "\(number) \(number == 1 ? "refers" : "refer") to one \(verb)"
    }
  }

  private func why(_ reason: CheckedFiles.Reason) -> String {
    switch reason {
    case .everything: "everything is checked"
    case .project: "the project file \(verb)"
    case .definition: "the definition \(verb)"
    case .source: "its source \(verb)"
    case .reference: "it refers to a Space that is \(verb), gone or not there"
    }
  }

  private func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
