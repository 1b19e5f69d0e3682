import ArgumentParser
import Diagnostics
import Git
import Reports

/// `spaceform hook`: git hooks that run Spaceform.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Let git check the Spaces at each commit or push.",
    discussion: """
      `pre-commit` checks what is staged; `pre-push` plans offline what the pushed commits would change. Both read git's index and
      objects, never the work tree, need no network and no token, and cover every project of the repository.
      """,
    subcommands: [HookInstallCommand.self, HookUninstallCommand.self, HookStatusCommand.self])
}

/// The hooks folder of the repository a command is used in.
struct HookAccess {
  let place: HookPlace
  let managers: [(manager: HookManager, file: String)]

  init(_ options: GlobalOptions) throws(Failure) {
    guard let repository = try GitRepository.open(containing: options.directory) else {
      throw Failure(
        doing: "looking for the git repository", problem: "\(options.directory) is not inside a git work tree",
        help: "Run the command inside a repository, or name its folder with -C.", status: .usage)
    }
    place = try HookPlace.find(in: repository)
    managers = HookManager.found(in: place.top)
  }

  func installer(program: String) -> HookInstaller {
    // A folder that is committed is for other machines too, where spaceform may be elsewhere.
    HookInstaller(
      folder: HookFolder(path: place.path, shown: place.shown), program: place.reach == .workTree ? "" : program)
  }

  func report(_ hooks: [HookReport.Hook]) -> HookReport {
    var report = HookReport(folder: place.shown, hooks: hooks)
    report.managers = managers.map(\.manager.rawValue)
    return report
  }
}

extension HookKind: ExpressibleByArgument {}
