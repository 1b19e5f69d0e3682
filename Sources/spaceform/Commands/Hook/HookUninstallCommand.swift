import ArgumentParser
import Console
import Diagnostics
import Reports

/// `spaceform hook uninstall`
struct HookUninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove the hooks, and put back what was there before.",
    discussion: "A hook that is not Spaceform's is left as it is.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("type"), help: "Which hook: pre-commit or pre-push; repeatable. Default: both.")
  var types: [HookKind] = []

  func run() throws {
    let access = try HookAccess(options)
    let installer = access.installer(program: "")
    var hooks: [HookReport.Hook] = []
    for kind in HookKind.allCases where types.isEmpty || types.contains(kind) { hooks.append(try installer.uninstall(kind)) }
    let report = access.report(hooks)
    switch output.format {
    case .json: Terminal.output(report.json.prettyText)
    case .human: Terminal.output(report.text(style: options.outputStyle))
    }
  }
}
