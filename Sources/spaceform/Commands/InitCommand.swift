import ArgumentParser
import Console
import Content
import Definitions
import Diagnostics
import Files
import Git
import HubAPI
import Platform
import Reports
import SpaceModel

/// `spaceform init`: a project out of what is in a folder.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a project: find the apps in a folder and write their definitions.",
    discussion: """
      Finds folders that are Space apps already, by a README whose front matter names an `sdk`, a Dockerfile, an app.py that
      imports gradio, or an index.html, and writes spaceform.yaml and one spaces/NAME.space.yaml for each. In a folder without
      apps it writes a small example that works as it is. No definition that is there is changed; run it again after adding apps.

      Each file names its JSON Schema, written to .spaceform/schema, so that editors complete and check while you type.

      EXAMPLES
        spaceform init --owner acme          the folder you are in
        spaceform init --owner acme --ci github --actions acme/spaceform@COMMIT
                                             with the workflows that plan and apply it
        spaceform init demos                 the folder demos, made when it is not there; the owner is the token's
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The project's folder.", completion: .directory)
  var folder: String?

  @Option(help: ArgumentHelp("User or organisation the Spaces belong to; by default the token's own name.", valueName: "name"))
  var owner: String?

  @Option(help: "Write a pipeline too: plan on change requests, apply on main, look for drift. The state goes onto a branch.")
  var ci: PipelineSystem?

  @Option(
    help: ArgumentHelp(
      "Where the pipeline's actions or components are, with the full id of a commit; without it the files have a place to fill in.",
      valueName: "owner/repository@commit"))
  var actions: PipelineSource?

  func validate() throws {
    if actions != nil, ci == nil {
      throw ValidationError("--actions says where the actions of --ci are; name the system with --ci.")
    }
    if let owner, !SpaceID.isValidSegment(owner) {
      throw ValidationError("--owner takes a user or organisation, not '\(owner)'.")
    }
  }

  func run() async throws {
    let path = projectPath
    let isNew = Posix.status(path + "/" + ProjectFolder.fileName) == nil
    // Before anything is made: without an owner there is no project.
    let newOwner = isNew ? try await ownerName() : nil
    let root = try made(path)
    let tree = try SourceTrees.workTree(at: root)
    let folderName = URL(fileURLWithPath: root).lastPathComponent
    let found = try apps(in: tree, projectName: folderName)
    let files = NewFile(folder: root)
    let bytes = isNew ? nil : try AtomicFile.read(root + "/" + ProjectFolder.fileName)
    let outline = ProjectOutline(bytes ?? [], folderName: folderName, environment: nil)
    let known = isNew ? nil : try knownSpaces(tree, folderName)

    var report = InitReport(folder: folder ?? options.directory, owner: newOwner ?? outline.owner, apps: [])
    if let owner = newOwner {
      try files.write(
        Array(Scaffold(projectName: folderName, owner: owner, hasPipeline: ci != nil).projectFile.utf8),
        at: ProjectFolder.fileName)
      report.written.append(ProjectFolder.fileName)
    } else {
      report.kept.append(ProjectFolder.fileName)
    }
    var taken = Set((known?.spaces ?? []).map(\.id.name))
    for app in found {
      report.apps.append(try define(app, known, outline, files, taken: &taken, into: &report))
    }
    if found.isEmpty, known?.spaces.isEmpty ?? true { try writeExample(outline, files, into: &report) }
    report.written += try EditorSchemas.write(files)
    if let ci { try writePipeline(Pipeline(system: ci, source: actions), root, into: &report) }
    show(report)
    try check(root, folderName)
  }

  /// The pipeline's files, at the top of the repository, where the code host looks for them.
  private func writePipeline(_ pipeline: Pipeline, _ root: String, into report: inout InitReport) throws(Failure) {
    let top = try GitRepository.open(containing: root)?.workDirectory ?? root
    let files = NewFile(folder: top)
    for (path, text) in pipeline.files {
      if files.exists(path) {
        report.kept.append(path)
      } else {
        try files.write(Array(text.utf8), at: path)
        report.written.append(path)
      }
    }
    if pipeline.needsPlace {
      options.note(
        "Write the repository and the commit of Spaceform that you use into the pipeline's files: they have zeros there.")
    }
    if top != root {
      options.note(
        "The project is not at the top of its repository: give the jobs its folder (`working-directory`, `directory`).")
    }
  }

  /// The definition of one app, unless there is one.
  private func define(
    _ app: FoundApp, _ known: Fleet?, _ outline: ProjectOutline, _ files: NewFile, taken: inout Set<String>,
    into report: inout InitReport
  ) throws(Failure) -> InitReport.App {
    var entry = InitReport.App(folder: app.folder, sdk: app.sdk, name: app.name, reason: app.reason)
    if let space = known?.spaces.first(where: { $0.source?.path == app.folder }) {
      entry.name = space.id.name
      entry.skipped = "\(space.file) defines it"
      return entry
    }
    if let obstacle = app.obstacle {
      entry.skipped = obstacle
      return entry
    }
    var name = app.name
    var number = 2
    while taken.contains(name) {
      name = "\(app.name.prefix(90))-\(number)"
      number += 1
    }
    entry.name = name
    guard let path = DefinitionPlace.path(for: [name], including: outline.include, isTaken: files.exists) else {
      entry.skipped = "the file for it is there already, or `include` leaves no room for one"
      return entry
    }
    taken.insert(name)
    try files.write(Array(Scaffold.definition(app, name: name, file: path).utf8), at: path)
    entry.definition = path
    report.written.append(path)
    return entry
  }

  private func writeExample(_ outline: ProjectOutline, _ files: NewFile, into report: inout InitReport) throws(Failure) {
    let page = Scaffold.exampleFolder + "/index.html"
    guard !files.exists(Scaffold.exampleFolder),
      let path = DefinitionPlace.path(for: ["hello"], including: outline.include, isTaken: files.exists)
    else { return }
    try files.write(Array(Scaffold.examplePage.utf8), at: page)
    try files.write(Array(Scaffold.exampleDefinition(file: path).utf8), at: path)
    report.written += [path, page]
    report.wroteExample = true
  }

  private func show(_ report: InitReport) {
    switch output.format {
    case .json: Terminal.output(report.json.prettyText)
    case .human: Terminal.output(report.text(style: options.outputStyle))
    }
  }

  /// What was written must hold before somebody else's rules too; findings here are the app's own, or of a file kept.
  private func check(_ root: String, _ folderName: String) throws {
    let loaded = try DefinitionLoader.load(
      tree: try SourceTrees.workTree(at: root), projectFile: ProjectFolder.fileName, environment: nil, folderName: folderName)
    guard loaded.findings.hasErrors else { return }
    Terminal.error(loaded.humanText(style: options.errorStyle))
    throw Ending(status: .findings)
  }

  private func knownSpaces(_ tree: any SourceTree, _ folderName: String) throws -> Fleet {
    let loaded = try DefinitionLoader.load(
      tree: tree, projectFile: ProjectFolder.fileName, environment: nil, folderName: folderName)
    if let fleet = loaded.fleet { return fleet }
    Terminal.error(loaded.humanText(style: options.errorStyle))
    throw Ending(status: .findings)
  }

  /// What is recognised, without what belongs to a project of its own further down.
  private func apps(in tree: any SourceTree, projectName: String) throws(Failure) -> [FoundApp] {
    let others = try tree.files(under: ".").map(\.path)
      .filter { ProjectPath.name(of: $0) == ProjectFolder.fileName && $0 != ProjectFolder.fileName }
      .map(ProjectPath.folder)
    return try AppRecogniser.spaces(in: tree, projectName: projectName)
      .filter { app in !others.contains { ProjectPath.contains($0, app.folder) } }
      .map { app throws(Failure) in try FoundApp(app, in: tree) }
  }

  private var projectPath: String {
    let base = URL(fileURLWithPath: options.directory, isDirectory: true)
    return (folder.map { URL(fileURLWithPath: $0, relativeTo: base) } ?? base).standardizedFileURL.path
  }

  private func made(_ path: String) throws(Failure) -> String {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw Failure(
        doing: "making the folder \(path)", problem: "the system refuses it",
        help: "Check the path, and that no file has that name", status: .usage)
    }
    return Posix.realPath(path) ?? path
  }

  private func ownerName() async throws(Failure) -> String {
    if let owner { return owner }
    let help = "pass `--owner NAME`, the user or organisation the Spaces belong to, or set HF_TOKEN"
    let doing = "finding out who owns the Spaces"
    let hub = try HubAccess.client(options, needsToken: false)
    guard hub.tokenSource != nil else {
      throw Failure(doing: doing, problem: "there is no token to ask the Hub with", help: help, status: .usage)
    }
    do throws(HubError) { return try await hub.whoami().name } catch {
      throw Failure(doing: doing, problem: error.description, help: help, status: error.isAboutAccess ? .notAllowed : .failure)
    }
  }
}
