import ArgumentParser
import Console
import Diagnostics
import Platform
import Reports

/// `spaceform hook install`
struct HookInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Install a git hook; one that is there already is kept and runs first.",
    discussion: """
      The hook goes where git looks for it, so core.hooksPath and linked work trees are respected. A hook that is there is renamed
      to NAME.before-spaceform and runs first; `spaceform hook uninstall` puts it back as it was. Installing again changes nothing,
      or brings an older hook up to date.

      Refused without --force: a hooks folder that other repositories use as well, and a repository whose hooks another tool
      writes (pre-commit, lefthook, husky); the message says what to add to that tool's file instead.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("type"), help: "Which hook: pre-commit (default) or pre-push; repeatable.")
  var types: [HookKind] = []

  @Flag(help: "Install also into a folder that other repositories use, or beside another tool.")
  var force = false

  func run() throws {
    let access = try HookAccess(options)
    let kinds = HookKind.allCases.filter { types.isEmpty ? $0 == .preCommit : types.contains($0) }
    if let refusal = HookRefusal.check(access.place, access.managers, kinds: kinds, isForced: force) { throw refusal }
    let installer = access.installer(program: ProgramPath.current ?? "")
    var hooks: [HookReport.Hook] = []
    for kind in kinds { hooks.append(try installer.install(kind)) }
    var report = access.report(hooks)
    switch access.place.reach {
    case .repository: break
    case .workTree: report.notes.append("\(access.place.shown) is part of the work tree: commit it, and it is there for all")
    case .others(let why):
      report.notes.append(
        "\(why): whatever else uses that folder runs the hook too; it passes where there is no spaceform.yaml")
    }
    for (manager, file) in access.managers {
      report.notes.append("\(manager.rawValue) (\(file)) may write over it; `spaceform hook status` shows whether it did")
    }
    switch output.format {
    case .json: Terminal.output(report.json.prettyText)
    case .human: Terminal.output(report.text(style: options.outputStyle))
    }
  }
}
