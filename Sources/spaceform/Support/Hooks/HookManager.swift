import Files

/// A tool that writes a repository's hooks itself, and would write over ours.
enum HookManager: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case lefthook
  case husky

  /// The tools whose configuration is in the work tree, each with the file that shows it.
  static func found(in top: String) -> [(manager: HookManager, file: String)] {
    allCases.compactMap { manager in
      manager.files.first { Posix.status(top + "/" + $0) != nil }.map { (manager, $0) }
    }
  }

  private var files: [String] {
    switch self {
    case .preCommit: [".pre-commit-config.yaml"]
    case .lefthook:
      ["yml", "yaml", "toml", "json"].flatMap { ["lefthook.\($0)", ".lefthook.\($0)"] }
    case .husky: [".husky"]
    }
  }

  /// What to add where, so that this tool runs ours.
  func advice(_ kind: HookKind, file: String) -> String {
    let command =
      switch kind {
      case .preCommit: "spaceform validate --staged"
      case .prePush: "spaceform plan --refresh none --summary --revision HEAD"
      }
    return switch self {
    case .preCommit:
      "Add the hook `\(kind == .preCommit ? "spaceform-validate" : "spaceform-plan")` to \(file)"
    case .lefthook: "Add the command `\(command)` under `\(kind.rawValue)` to \(file)"
    case .husky: "Add the line `\(command)` to \(file)/\(kind.rawValue)"
    }
  }
}
