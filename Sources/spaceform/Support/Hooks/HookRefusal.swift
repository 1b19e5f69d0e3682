import Diagnostics
import Files

/// Where a hook is not installed just like that.
enum HookRefusal {
  /// Nil when nothing speaks against it, or `--force` does away with it.
  static func check(
    _ place: HookPlace, _ managers: [(manager: HookManager, file: String)], kinds: [HookKind], isForced: Bool
  ) -> Failure? {
    let doing = "installing the \(kinds.map(\.rawValue).joined(separator: " and the ")) hook"
    // Its folder is written anew with every `npm install`, and its scripts go by their own file names.
    if let (manager, file) = managers.first(where: { $0.manager == .husky }),
      ProjectPath.contains(place.top + "/" + file, place.path)
    {
      return Failure(
        doing: doing, problem: "git runs the hooks in \(place.shown), which husky makes anew and would leave without it",
        help: advice(manager, file, kinds) + ".")
    }
    guard !isForced else { return nil }
    if case .others(let why) = place.reach {
      return Failure(
        doing: doing, problem: why,
        help:
          "`--force` installs there all the same. `git config --local core.hooksPath .git/hooks` gives this repository hooks of its own."
      )
    }
    if let (manager, file) = managers.first {
      return Failure(
        doing: doing, problem: "\(manager.rawValue) writes the hooks of this repository (\(file))",
        help: advice(manager, file, kinds) + "; docs/hooks.md shows it. `--force` installs beside it.")
    }
    return nil
  }

  private static func advice(_ manager: HookManager, _ file: String, _ kinds: [HookKind]) -> String {
    kinds.map { manager.advice($0, file: file) }.joined(separator: ". ")
  }
}
