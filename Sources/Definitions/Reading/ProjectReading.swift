import Diagnostics
import Files
import Parallel
import SpaceModel
import YAML

/// One run of the loader: what was read so far, and what was found.
struct ProjectReading {
  private let tree: any SourceTree
  private let projectFile: String
  private let environment: String?
  private let options: CheckOptions
  private var findings: [Finding] = []
  private var sources: [String: [UInt8]] = [:]
  private var confidential: [SourceSpan] = []
  private var unreadable: Set<String> = []
  /// Files that hold a secret's value: nothing of them is shown.
  private var withheld: Set<String> = []
  private let folders: SourceFolders
  /// The project file and every definition, in the order they were read.
  private var definitionFiles: [(file: String, bytes: [UInt8])] = []
  /// What the comments of each file that has any silence.
  private var suppressions: [String: Suppressions] = [:]

  init(tree: any SourceTree, projectFile: String, environment: String?, options: CheckOptions) {
    self.tree = tree
    self.options = options
    folders = SourceFolders(tree)
    self.projectFile = projectFile
    self.environment = environment
  }

  mutating func load(folderName: String?) throws(Failure) -> LoadedDefinitions {
    guard let bytes = try tree.read(projectFile) else { throw try MissingProjectFile.failure(projectFile, in: tree) }
    var checked = CheckedFiles(definitions: 1, appFiles: 0, spaces: [], spacesInProject: 0)
    guard let root = note(ReadFile(bytes, file: projectFile, ProjectKeys.table, what: projectFile)) else {
      return result(checked, nil)
    }
    try checkEnvironment(in: root)
    let project = ProjectFile(root, file: projectFile, environment: environment)
    checkFormat(project)
    let fleet = FleetDraft(project: project, spaces: try drafts(of: project), folders: folders.all)
    withheld = Set(fleet.secretFiles.map(\.path))
    let affected = Affected(fleet, touched: options.touched)
    let definitions = checkedDefinitions(fleet, affected)
    let outcome = Checks(fleet, affected, tree: tree, selection: options.rules).run(definitions)
    let files = Set(definitions.map(\.file))
    findings = findings.filter { isChecked($0, in: files, fleet, affected) } + outcome.findings
    if options.awaitsFiles { findings.removeAll { $0.rule.hasPrefix("SF3") && $0.rule != Rule.outsideProject.id } }
    suppressions = suppressions.filter { files.contains($0.key) }
    sources.merge(outcome.sources) { own, _ in own }
    for (file, bytes) in outcome.sources {
      let found = Suppressions(SourceText(bytes, file: file))
      if !found.entries.isEmpty { suppressions[file] = found }
    }
    checked.definitions = definitions.count
    checked.appFiles = outcome.appFiles.count
    checked.spacesInProject = fleet.spaces.count
    checked.spaces = zip(fleet.spaces, affected.reasons).compactMap { space, reason in
      reason.map { CheckedFiles.Space(file: space.file, reason: $0) }
    }
    return result(checked, FleetAssembly(draft: fleet, defaultName: folderName ?? ownFolderName))
  }

  // MARK: Files

  /// Keeps what was found in a file and gives its tree; nil when there is none to go on with.
  private mutating func note(_ file: ReadFile) -> YAMLNode? {
    definitionFiles.append((file.file, file.bytes))
    sources[file.file] = file.bytes
    if !file.suppressions.entries.isEmpty { suppressions[file.file] = file.suppressions }
    findings += file.findings
    confidential += file.confidential
    if file.isUnreadable { unreadable.insert(file.file) }
    return file.root
  }

  private mutating func note(_ readme: SourceReadme) {
    findings += readme.findings
    confidential += readme.confidential
    if readme.isUnreadable { unreadable.insert(readme.file) }
  }

  private enum SpaceFile: Sendable {
    case read(ReadFile, SpaceDraft?)
    case refused(Finding)
    /// The tree listed it, and it is no regular file.
    case none
  }

  /// The Spaces in the order of their files. Files are read on all processors, and noted one after the other.
  private mutating func drafts(of project: ProjectFile) throws(Failure) -> [SpaceDraft] {
    let reader = SpaceReader(project: project)
    let files = try spaceFiles(of: project).concurrentMap { [tree, folders] file in
      ProjectReading.read(file, of: tree, reader, folders)
    }
    var drafts: [SpaceDraft] = []
    drafts.reserveCapacity(files.count)
    var heard: Set<String> = []
    for file in files {
      switch file {
      case .read(let read, let draft):
        _ = note(read)
        guard let draft else { continue }
        drafts.append(draft)
        if let readme = draft.readme, heard.insert(readme.file).inserted { note(readme) }
      case .refused(let finding): findings.append(finding)
      case .none: continue
      }
    }
    sources.merge(folders.readmes) { own, _ in own }
    return drafts
  }

  private static func read(
    _ file: SourceFile, of tree: any SourceTree, _ reader: SpaceReader, _ folders: SourceFolders
  ) -> SpaceFile {
    do throws(Failure) {
      if let size = file.size, let finding = YAMLReader.finding(ofSize: size, file: file.path) { return .refused(finding) }
      guard let bytes = try tree.read(file.path) else {
        guard file.isSymbolicLink else { return .none }
        throw Failure(
          doing: "reading \(file.path)", problem: "it is a symbolic link that leads to no file",
          help: "Put the file itself there, or remove the link.")
      }
      if let finding = YAMLReader.finding(ofSize: bytes.count, file: file.path) { return .refused(finding) }
      let read = ReadFile(bytes, file: file.path, SpaceKeys.table, what: "the Space file")
      let draft = read.root.flatMap { reader.draft($0, file: file.path) { folders.folder($0).readme } }
      return .read(read.withoutTree, draft)
    } catch {
      return .refused(
        Rule.outsideProject.finding(
          "the file cannot be read: \(error.problem)", help: error.help ?? "Check that it is a file you may read.",
          at: SourceSpan(file: file.path)))
    }
  }

  /// The files the patterns name, each once, in the order of their paths.
  private mutating func spaceFiles(of project: ProjectFile) throws(Failure) -> [SourceFile] {
    var found: [SourceFile] = []
    let patterns = project.patterns
    for (index, pattern) in patterns.enumerated() {
      guard let normal = ProjectPath.normal(pattern) else {
        let span = project.include.indices.contains(index) ? project.include[index].place.value : SourceSpan(file: project.file)
        findings.append(
          Rule.outsideProject.finding(
            "the pattern `\(pattern)` leaves the project folder",
            help: "Use a pattern of paths inside the folder of \(project.file).", at: span))
        continue
      }
      let glob = Glob(normal)
      for file in try tree.files(under: glob.folder) where file.path != projectFile && glob.matches(file.path) {
        found.append(file)
      }
    }
    if found.isEmpty {
      let span = project.include.first?.place.value ?? SourceSpan(file: project.file)
      findings.append(
        Rule.noDefinitions.finding(
          "no file matches \(patterns.listed)", help: "Put Space definitions there, or change `include`.", at: span))
    }
    return FileListing(found).files
  }

  // MARK: The project file's own checks

  private func checkEnvironment(in root: YAMLNode) throws(Failure) {
    guard let environment else { return }
    let known = ProjectFile.environments(in: root)
    guard !known.contains(environment) else { return }
    throw Failure(
      doing: "choosing the environment `\(environment)`", problem: "\(projectFile) declares no such environment",
      help: known.isEmpty
        ? "Declare it under `environments` in \(projectFile), or leave --env out."
        : Suggestion.advice(for: environment, among: known),
      status: .usage)
  }

  private mutating func checkFormat(_ project: ProjectFile) {
    if let version = project.root.count("version"), version.value > 1 {
      findings.append(
        Rule.formatVersion.finding(
          "version \(version.value) of the format is not known here", help: "Use a newer Spaceform, or write `version: 1`.",
          at: version.place.value))
    }
    findings += project.state.findings
  }

  // MARK: The result

  private var ownFolderName: String {
    let segments = tree.diskPath(projectFile)?.split(separator: "/") ?? []
    return segments.count > 1 ? String(segments[segments.count - 2]) : "project"
  }

  /// The project file, and the definitions that the run is about.
  private func checkedDefinitions(_ fleet: FleetDraft, _ affected: Affected) -> [(file: String, bytes: [UInt8])] {
    guard let touched = options.touched else { return definitionFiles }
    let spaces = Set(zip(fleet.spaces, affected.reasons).compactMap { space, reason in reason == nil ? nil : space.file })
    return definitionFiles.filter { file, _ in file == projectFile || spaces.contains(file) || touched.contains(file) }
  }

  /// Whether what the reader found is about a file that the run is about.
  private func isChecked(_ finding: Finding, in definitions: Set<String>, _ fleet: FleetDraft, _ affected: Affected) -> Bool {
    guard let touched = options.touched else { return true }
    let file = finding.span.file
    if definitions.contains(file) || touched.contains(file) { return true }
    return zip(fleet.spaces, affected.reasons).contains { space, reason in reason != nil && space.readme?.file == file }
  }

  private func result(_ checked: CheckedFiles, _ assembly: FleetAssembly?) -> LoadedDefinitions {
    var kept: [Finding] = []
    for (file, ofFile) in Dictionary(grouping: findings, by: \.span.file) {
      guard let comments = suppressions[file] else {
        kept += ofFile
        continue
      }
      let silenced = SuppressedFindings(ofFile, comments, selection: options.rules)
      kept += silenced.kept + silenced.unused
    }
    for (file, comments) in suppressions where !findings.contains(where: { $0.span.file == file }) {
      kept += SuppressedFindings([], comments, selection: options.rules).unused
    }
    let hasFleet = !kept.hasErrors
    for index in kept.indices where kept[index].fix?.removedEntries.isEmpty == false {
      kept[index].fix = kept[index].fix?.resolved { sources[$0] }
    }
    let sorted = kept.filter { finding in RuleRegistry.rule(finding.rule).map(options.rules.includes) ?? true }
      .sortedForReport().map { SecretMask.masked($0) }
    var shown = Set(sorted.map(\.span.file))
    for finding in sorted { shown.formUnion(finding.related.map(\.span.file)) }
    var texts: [String: String] = [:]
    let hidden = findings.filter { RuleRegistry.rule($0.rule)?.hidesText ?? false }.map(\.span)
    for file in shown where !withheld.contains(file) && CredentialFiles.marks(of: file) == nil {
      guard let bytes = sources[file] else { continue }
      // Before anything is decoded or counted: a token goes out of the bytes themselves.
      texts[file] = Redaction.text(
        SecretMask.masked(bytes, hiding: hidden.filter { $0.file == file }), hiding: confidential.filter { $0.file == file },
        isUnreadable: unreadable.contains(file))
    }
    return LoadedDefinitions(assembly: hasFleet ? assembly : nil, findings: sorted, texts: texts, checked: checked)
  }
}
