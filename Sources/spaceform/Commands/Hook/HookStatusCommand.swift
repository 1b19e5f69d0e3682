import ArgumentParser
import Console
import Diagnostics
import Reports

/// `spaceform hook status`
struct HookStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say which hooks are installed, and what runs before them.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let access = try HookAccess(options)
    let installer = access.installer(program: "")
    var hooks: [HookReport.Hook] = []
    for kind in HookKind.allCases { hooks.append(try installer.status(kind)) }
    var report = access.report(hooks)
    report.notes.append("git runs the hooks in \(access.place.shown)")
    if case .others(let why) = access.place.reach { report.notes.append(why) }
    for (manager, file) in access.managers {
      report.notes.append("\(manager.rawValue) (\(file)) writes hooks of this repository too")
    }
    switch output.format {
    case .json: Terminal.output(report.json.prettyText)
    case .human: Terminal.output(report.text(style: options.outputStyle))
    }
  }
}
