import ArgumentParser
import CI
import Console
import Diagnostics
import Files
import Platform
import Reports

/// `spaceform ci validate`: `validate`, with findings where the code host shows them.
struct CIValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the definitions, with findings beside the code.",
    discussion: """
      Needs no token and no network. On GitHub findings become annotations. With --reports they are also files for what shows them:
      spaceform.sarif for code scanning, gl-code-quality-report.json for merge requests, spaceform-junit.xml for test reports.

      Exit status 0 when nothing is wrong, 3 when something is.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup var ci: CIOptions

  @Option(help: ArgumentHelp("Write reports into this folder.", valueName: "dir"), completion: .directory)
  var reports: String?

  @Flag(help: "Warnings count as errors.")
  var strict = false

  func run() throws {
    let job = CIJob(options, ci)
    let folder = try ProjectFolder(options)
    let validation = Validation(
      folder: folder, source: .workTree, rules: rules.selection, paths: [], directory: options.directory)
    guard let loaded = try validation.run()?.loaded else { return }
    if let reports, !job.isDry {
      do { try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true) } catch {
        throw Failure(doing: "making the folder \(reports)", problem: "\(error)", help: "Check that it can be written to.")
      }
      for (name, format) in [
        ("spaceform.sarif", FindingsFormat.sarif), ("gl-code-quality-report.json", .gitlab), ("spaceform-junit.xml", .junit),
      ] {
        let text = try format.text(try format.report(loaded, projectFolder: folder.path), style: .plain)
        try AtomicFile.replace("\(reports)/\(name)", with: Array(text.utf8))
      }
    }
    let format: FindingsFormat = job.environment.system == .github ? .github : .human
    let report = try format.report(loaded, projectFolder: folder.path)
    Terminal.output(try format.text(report, style: options.outputStyle))
    let context = try job.context(folder, project: loaded.fleet?.project.name ?? folder.name)
    if !loaded.findings.isEmpty { try job.summarise(FindingsSummary(context).text(loaded.findings)) }
    let fails = loaded.findings.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    try Ending.check(fails ? .findings : .success)
  }
}
