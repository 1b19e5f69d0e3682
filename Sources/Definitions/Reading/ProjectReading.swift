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
  private let folders: SourceFolders
  private var filesChecked = 0

  init(tree: any SourceTree, projectFile: String, environment: String?) {
    self.tree = tree
    folders = SourceFolders(tree)
    self.projectFile = projectFile
    self.environment = environment
  }

  mutating func load(folderName: String?) throws(Failure) -> LoadedDefinitions {
    guard let bytes = try tree.read(projectFile) else {
      throw Failure(
        doing: "reading \(projectFile)", problem: "there is no such file",
        help: "Run `spaceform init` to write one, or name the project's folder with -C.")
    }
    guard let root = note(ReadFile(bytes, file: projectFile, ProjectKeys.table, what: projectFile)) else { return result(nil) }
    try checkEnvironment(in: root)
    let project = ProjectFile(root, file: projectFile, environment: environment)
    checkFormat(project)
    let fleet = FleetDraft(project: project, spaces: try drafts(of: project), folders: folders.all)
    findings += RuleRegistry.check(fleet)
    guard !findings.hasErrors else { return result(nil) }
    return result(FleetAssembly(draft: fleet, defaultName: folderName ?? ownFolderName).fleet)
  }

  // MARK: Files

  /// Keeps what was found in a file and gives its tree; nil when there is none to go on with.
  private mutating func note(_ file: ReadFile) -> YAMLNode? {
    filesChecked += 1
    sources[file.file] = file.bytes
    findings += file.findings
    confidential += file.confidential
    if file.isUnreadable { unreadable.insert(file.file) }
    return file.root
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
        if let readme = draft.readme, heard.insert(readme.file).inserted { findings += readme.findings }
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
      guard let bytes = try tree.read(file.path) else { return .none }
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
    var found: [String: SourceFile] = [:]
    let patterns = project.root["include"] == nil ? [ProjectFile.defaultInclude] : project.include.map(\.value)
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
        found[file.path] = file
      }
    }
    if found.isEmpty {
      let span = project.include.first?.place.value ?? SourceSpan(file: project.file)
      findings.append(
        Rule.noDefinitions.finding(
          "no file matches \(patterns.listed)", help: "Put Space definitions there, or change `include`.", at: span))
    }
    return FileListing(Array(found.values)).files
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
