import ArgumentParser
import Console
import Definitions
import Diagnostics
import Reports

/// `spaceform validate`: checks definitions, cards and app files, offline.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check definitions, cards and app files, offline, and say exactly where something is wrong.",
    discussion: """
      Reads spaceform.yaml, every Space file it includes, and the files of their source folders. Paths name what the run is about:
      everything is read, and what these files can affect is checked and reported. With --staged that is what is staged; paths then
      name the staged files to look at, as hook runners pass them.

      A comment silences a finding: `# spaceform: ignore SF105` on its line or the line above, `ignore-file` for the whole file.

      Exit status 0 when nothing is wrong, 3 when something is. Warnings count only with --strict.

      EXAMPLES
        spaceform validate
        spaceform validate --staged                    in a git hook: what the next commit would hold
        spaceform validate --fix apps/chat             put right what needs no judgement
        spaceform validate --format sarif > spaceform.sarif
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var rules: RuleOptions

  @Argument(help: "Check and report what these files or folders can affect; relative to the folder of -C.", completion: .file())
  var paths: [String] = []

  @Flag(help: "Check what is staged in git, not the work tree.")
  var staged = false

  @Option(help: ArgumentHelp("Check the files of this git revision.", valueName: "rev"))
  var revision: String?

  @Flag(help: "Put right in the work tree what can be put right safely, and report what is left.")
  var fix = false

  @Option(help: "Form of the output on standard output.")
  var format: FindingsFormat = .human

  @Flag(help: "Count the findings of each rule instead of showing them.")
  var statistics = false

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @Flag(help: "Fail when no Space was checked.")
  var requireFiles = false

  func validate() throws {
    if staged, revision != nil { throw ValidationError("--staged and --revision exclude each other.") }
    if statistics, format != .human, format != .json {
      throw ValidationError("--statistics comes as human or json.")
    }
    if fix, staged || revision != nil {
      throw ValidationError("--fix changes files of the work tree; leave --staged and --revision out.")
    }
  }

  func run() throws {
    let validation = Validation(
      folder: try ProjectFolder(options), source: source, rules: rules.selection, paths: paths,
      directory: options.directory)
    let result: Validation.Result?
    if fix {
      let outcome = try FixRun(validation: validation).run()
      if let outcome, outcome.fixed > 0 { options.note(FixText.text(fixed: outcome.fixed, files: outcome.files)) }
      result = outcome?.result
    } else {
      result = try validation.run()
    }
    guard let loaded = result?.loaded else {
      options.note("Checked 0 files: nothing that is staged belongs to this project.")
      if format != .human { try show(.nothing, validation) }
      return try Ending.check(requireFiles ? .findings : .success)
    }
    try show(loaded, validation)
    let fails =
      requireFiles && loaded.checked.spaces.isEmpty
      || loaded.findings.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    Ending.now(fails ? .findings : .success, holding: result)
  }

  private var source: Validation.Source { staged ? .staged : revision.map { .revision($0) } ?? .workTree }

  private func show(_ loaded: LoadedDefinitions, _ validation: Validation) throws(Failure) {
    let report = try format.report(loaded, projectFolder: validation.folder.path)
    if statistics {
      let counted = FindingsStatistics(report)
      return Terminal.output(format == .json ? counted.json.prettyText : counted.text)
    }
    guard format == .human else { return Terminal.output(try format.text(report, style: options.outputStyle)) }
    guard !options.quiet || !report.findings.isEmpty else { return }
    let checked = CheckedText(loaded.checked, isStaged: staged)
    Terminal.output(HumanFindings.text(report, color: options.outputStyle.isColoured, checked: checked.text))
    if options.verbose { Terminal.output(checked.details) }
  }
}
