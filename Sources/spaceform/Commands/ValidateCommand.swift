import ArgumentParser
import Console
import Definitions
import Diagnostics
import Git
import Reports

/// `spaceform validate`: checks definitions, offline.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the definitions, offline, and say exactly where something is wrong.",
    discussion: """
      Reads spaceform.yaml and every Space file it includes. Paths restrict what is reported, not what is read.

      Exit status 0 when nothing is wrong, 3 when something is. Warnings count only with --strict.
      """)

  @OptionGroup var options: GlobalOptions

  @Option(help: "Form of the output on standard output.")
  var format: FindingsFormat = .human

  @Argument(help: "Report only findings in these files or folders.", completion: .file())
  var paths: [String] = []

  @Flag(help: "Check what is staged in git, not the work tree.")
  var staged = false

  @Option(help: ArgumentHelp("Check the files of this git revision.", valueName: "rev"))
  var revision: String?

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @Flag(help: "Fail when no file was checked.")
  var requireFiles = false

  func validate() throws {
    if staged, revision != nil { throw ValidationError("--staged and --revision exclude each other.") }
  }

  func run() throws {
    let folder = try ProjectFolder(options)
    var loaded: LoadedDefinitions
    if staged {
      loaded = try folder.load(try SourceTrees.index(at: folder.path))
    } else if let revision {
      loaded = try folder.load(try SourceTrees.revision(revision, at: folder.path))
    } else {
      loaded = try folder.load(try SourceTrees.workTree(at: folder.path))
    }
    let reported = try ReportedPaths(paths, projectFolder: folder.path)
    loaded.findings = loaded.findings.filter { reported.includes($0.span.file) }
    let report = try format.report(loaded, projectFolder: folder.path)
    if format != .human || !report.findings.isEmpty || !options.quiet {
      Terminal.output(try format.text(report, style: options.outputStyle))
    }
    if requireFiles, loaded.filesChecked == 0 { throw Ending(status: .findings) }
    let fails = loaded.findings.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    try Ending.check(fails ? .findings : .success)
  }
}
