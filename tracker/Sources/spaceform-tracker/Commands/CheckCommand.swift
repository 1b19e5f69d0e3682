import ArgumentParser
import Console
import Diagnostics
import Reports

/// `spaceform-tracker check`: says exactly where the backlog is wrong.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the backlog and the project, and say exactly where something is wrong.",
    discussion: """
      Unknown references, dependency cycles, items in the wrong place, estimates that do not add up, missing acceptance criteria,
      text that Jira would damage, delivered items whose proof is not there. Proofs are looked for when the tracker is in a git
      repository.

      Exit status 0 when nothing is wrong, 3 when something is. Warnings count only with --strict.
      """)

  @OptionGroup var options: TrackerOptions

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case human, json
  }

  @Option(help: "Form of the output on standard output.")
  var format: Format = .human

  @Flag(help: "Warnings count as errors.")
  var strict = false

  func run() throws {
    let folder = try TrackerFolder(options.directory)
    let (backlog, findings) = folder.checked()
    let report = FindingsReport(
      findings: findings, texts: folder.texts(for: findings), filesChecked: folder.source.backlog.count + 1)
    switch format {
    case .json: Terminal.output(JSONFindings.text(report))
    case .human:
      if !options.quiet || !findings.isEmpty {
        let items = backlog?.items.count ?? 0
        let checked = "Checked \(items == 1 ? "1 item" : "\(items) items") in \(report.filesChecked) files"
        Terminal.output(HumanFindings.text(report, color: options.outputStyle.isColoured, checked: checked))
      }
    }
    if findings.contains(where: { $0.severity == .error || (strict && $0.severity == .warning) }) {
      throw Ending(status: .findings)
    }
  }
}
