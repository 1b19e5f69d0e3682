import Diagnostics
import Files
import SpaceModel
import YAML

/// One run of the loader: what was read so far, and what was found.
struct ProjectReading {
  private let tree: any SourceTree
  private let projectFile: String
  private let environment: String?
  private var findings: [Finding] = []
  private var sources: [String: [UInt8]] = [:]
  private var confidential: [SourceSpan] = []
  private var unreadable: Set<String> = []
  private var folders: [String: SourceFolder] = [:]
  private var filesChecked = 0

  init(tree: any SourceTree, projectFile: String, environment: String?) {
    self.tree = tree
    self.projectFile = projectFile
    self.environment = environment
  }

  mutating func load(folderName: String?) throws(Failure) -> LoadedDefinitions {
    guard let bytes = try tree.read(projectFile) else {
      throw Failure(
        doing: "reading \(projectFile)", problem: "there is no such file",
        help: "Run `spaceform init` to write one, or name the project's folder with -C.")
    }
    guard let root = tree(of: bytes, file: projectFile, ProjectKeys.table, what: projectFile) else { return result(nil) }
    try checkEnvironment(in: root)
    let project = ProjectFile(root, file: projectFile, environment: environment)
    checkFormat(project)
    var spaces: [SpaceDraft] = []
    let reader = SpaceReader(project: project)
    for file in try spaceFiles(of: project) {
      if let space = try draft(file, reader) { spaces.append(space) }
    }
    let fleet = FleetDraft(project: project, spaces: spaces, folders: folders)
    findings += RuleRegistry.check(fleet)
    guard !findings.hasErrors else { return result(nil) }
    return result(FleetAssembly(draft: fleet, defaultName: folderName ?? ownFolderName).fleet)
  }

  // MARK: Files

  /// Parses a file and holds it against its keys; nil when there is no tree to go on with.
  private mutating func tree(of bytes: [UInt8], file: String, _ table: KeyTable, what: String) -> YAMLNode? {
    filesChecked += 1
    sources[file] = bytes
    let (root, problems) = YAMLReader.parse(bytes, file: file)
    findings += problems
    guard let root else {
      if problems.isEmpty {
        findings.append(Rule.emptyFile.finding("\(what) is empty", at: SourceSpan(file: file)))
      } else {
        unreadable.insert(file)
      }
      return nil
    }
    var check = ShapeCheck(file: file)
    check.check(root: root, table, what: what)
    findings += check.findings
    confidential += check.confidential
    return root
  }

  private mutating func draft(_ file: SourceFile, _ reader: SpaceReader) throws(Failure) -> SpaceDraft? {
    let bytes: [UInt8]
    do {
      guard let found = try tree.read(file.path) else { return nil }
      bytes = found
    } catch {
      findings.append(
        Rule.outsideProject.finding(
          "the file cannot be read: \(error.problem)", help: error.help, at: SourceSpan(file: file.path)))
      return nil
    }
    guard let root = tree(of: bytes, file: file.path, SpaceKeys.table, what: "the Space file") else { return nil }
    return reader.draft(root, file: file.path) { path in readme(in: path) }
  }

  /// The files the patterns name, each once, in the order of their paths.
  private mutating func spaceFiles(of project: ProjectFile) throws(Failure) -> [SourceFile] {
    var found: [String: SourceFile] = [:]
    let patterns = project.root["include"] == nil ? [ProjectFile.defaultInclude] : project.include.map(\.value)
    for (index, pattern) in patterns.enumerated() {
      guard let normal = ProjectPath.normal(pattern) else {
        let span = project.include.indices.contains(index) ? project.include[index].place.value : SourceSpan(file: project.file)
        findings.append(Rule.outsideProject.finding("the pattern `\(pattern)` leaves the project folder", at: span))
        continue
      }
      let glob = Glob(normal)
      for file in try tree.files(under: glob.folder) where file.path != projectFile && glob.matches(file.path) {
        found[file.path] = file
      }
    }
    if found.isEmpty {
      let span = project.include.first?.place.value ?? SourceSpan(file: project.file)
      findings.append(
        Rule.noDefinitions.finding(
          "no file matches \(patterns.listed)", help: "Put Space definitions there, or change `include`.", at: span))
    }
    return found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The README of a source folder, read once however many Spaces share the folder.
  private mutating func readme(in folder: String) -> SourceReadme? {
    if let known = folders[folder] { return known.readme }
    let state = look(into: folder)
    folders[folder] = state
    findings += state.readme?.findings ?? []
    return state.readme
  }

  private mutating func look(into folder: String) -> SourceFolder {
    do {
      let path = ProjectPath.joined(folder, "README.md")
      if let bytes = try tree.read(path) {
        sources[path] = bytes
        return .present(SourceReadme(bytes, file: path))
      }
      return try tree.files(under: folder).isEmpty ? .missing : .present(nil)
    } catch {
      return .refused(error.problem)
    }
  }

  // MARK: The project file's own checks

  private func checkEnvironment(in root: YAMLNode) throws(Failure) {
    guard let environment else { return }
    let known = ProjectFile.environments(in: root)
    guard !known.contains(environment) else { return }
    throw Failure(
      doing: "choosing the environment", problem: "\(projectFile) declares no environment `\(environment)`",
      help: known.isEmpty
        ? "Declare it under `environments`." : Suggestion.advice(for: environment, among: known, otherwise: true),
      status: .usage)
  }

  private mutating func checkFormat(_ project: ProjectFile) {
    if let version = project.root.count("version"), version.value > 1 {
      findings.append(
        Rule.formatVersion.finding(
          "version \(version.value) of the format is not known here", help: "Use a newer Spaceform, or write `version: 1`.",
          at: version.place.value))
    }
    if let store = project.store, store.value == "git" {
      findings.append(
        Rule.unavailableStore.finding(
          "this version of Spaceform has no `git` store", help: "Write `store: file`, or leave `state` out.",
          at: store.place.value))
    }
  }

  // MARK: The result

  private var ownFolderName: String {
    let segments = tree.diskPath(projectFile)?.split(separator: "/") ?? []
    return segments.count > 1 ? String(segments[segments.count - 2]) : "project"
  }

  private func result(_ fleet: Fleet?) -> LoadedDefinitions {
    let sorted = findings.sortedForReport()
    var shown = Set(sorted.map(\.span.file))
    for finding in sorted { shown.formUnion(finding.related.map(\.span.file)) }
    var texts: [String: String] = [:]
    for file in shown {
      guard let bytes = sources[file] else { continue }
      texts[file] = Redaction.text(
        bytes, hiding: confidential.filter { $0.file == file }, isUnreadable: unreadable.contains(file))
    }
    return LoadedDefinitions(fleet: fleet, findings: sorted, texts: texts, filesChecked: filesChecked)
  }
}
