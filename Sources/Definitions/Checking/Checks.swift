import Diagnostics
import Files
import Parallel
import SpaceModel

/// Runs the rules over a fleet as read: those of single Spaces and of their files where a change can have an effect, those of the
/// whole fleet where definitions changed.
struct Checks {
  /// What was found, and in what.
  struct Outcome: Sendable {
    var findings: [Finding] = []
    /// Of files of apps that have findings or comments for us, by path.
    var sources: [String: [UInt8]] = [:]
    /// Files of apps that were looked at.
    var appFiles: Set<String> = []

    mutating func add(_ other: Outcome) {
      findings += other.findings
      sources.merge(other.sources) { first, _ in first }
      appFiles.formUnion(other.appFiles)
    }
  }

  let fleet: FleetDraft
  let affected: Affected
  let tree: any SourceTree
  private let ofFleets: [@Sendable (FleetDraft) -> [Finding]]
  private let ofSpaces: [SpaceCheck]
  private let ofApps: [AppCheck]
  private let ofTexts: [TextCheck]
  private let ofFiles: [FileCheck]
  private let ofSecrets: [SecretCheck]

  // A rule's check, in a value of its own: an array of bare functions would wrap each for its generic element type.
  private struct SpaceCheck: Sendable { let run: @Sendable (SpaceDraft, FleetDraft) -> [Finding] }
  private struct AppCheck: Sendable { let run: @Sendable (AppFiles, SpaceDraft, FleetDraft) -> [Finding] }
  private struct TextCheck: Sendable { let run: @Sendable (SourceText) -> [Finding] }
  private struct FileCheck: Sendable { let run: @Sendable (AppFiles.File, SourceText?, AppFiles) -> [Finding] }
  private struct SecretCheck: Sendable {
    let run: @Sendable (SecretScanner.Match, SourceText, Rule.TextOrigin) -> [Finding]
  }

  /// - Parameter selection: a rule that is not in it does not run, unless there is no fleet without it.
  init(_ fleet: FleetDraft, _ affected: Affected, tree: any SourceTree, selection: RuleSelection) {
    self.fleet = fleet
    self.affected = affected
    self.tree = tree
    var (fleets, spaces, apps, texts): ([@Sendable (FleetDraft) -> [Finding]], [SpaceCheck], [AppCheck], [TextCheck])
    (fleets, spaces, apps, texts) = ([], [], [], [])
    var (files, secrets): ([FileCheck], [SecretCheck]) = ([], [])
    for rule in RuleRegistry.all where selection.includes(rule) || !rule.canBeSuppressed {
      switch rule.check {
      case .reading, .schema: continue
      case .fleet(let check): fleets.append(check)
      case .space(let check): spaces.append(SpaceCheck(run: check))
      case .app(let check): apps.append(AppCheck(run: check))
      case .text(let check): texts.append(TextCheck(run: check))
      case .appFile(let check): files.append(FileCheck(run: check))
      case .secret(let check): secrets.append(SecretCheck(run: check))
      }
    }
    (ofFleets, ofSpaces, ofApps, ofTexts) = (fleets, spaces, apps, texts)
    (ofFiles, ofSecrets) = (files, secrets)
  }

  /// - Parameter definitions: the project file and the definitions that are to be checked.
  func run(_ definitions: [(file: String, bytes: [UInt8])]) -> Outcome {
    var outcome = Outcome()
    let places = fleet.spaces.indices.filter { affected.reasons[$0] != nil }
    var work = affected.touchesDefinitions ? ofFleets.map(Work.fleet) : []
    work += places.stretches(of: Checks.stretch).map(Work.spaces)
    work += definitions.indices.stretches(of: Checks.stretch).map(Work.texts)
    // All in one go, so that no processor waits for the last of a kind.
    let found = work.concurrentMap(stretch: 1) { work in
      switch work {
      case .fleet(let check): return check(fleet)
      // Space by Space, not rule by rule, so that a processor's cache holds what is asked about.
      case .spaces(let places):
        return places.flatMap { place in
          let space = fleet.spaces[place]
          return ofSpaces.flatMap { $0.run(space, fleet) }
        }
      case .texts(let places):
        return definitions[places].flatMap { findings(in: SourceText($0.bytes, file: $0.file), .definition) }
      }
    }
    for found in found where !found.isEmpty { outcome.findings += found }
    for found in apps(of: places).concurrentMap(stretch: 1, check) { outcome.add(found) }
    return outcome
  }

  /// What one processor does at a time.
  private enum Work: Sendable {
    case fleet(@Sendable (FleetDraft) -> [Finding])
    case spaces(ArraySlice<Int>)
    /// Of the definitions, by their places.
    case texts(Range<Int>)
  }

  /// Spaces, or texts, in one piece of work.
  private static let stretch = 32

  private func findings(in text: SourceText, _ origin: Rule.TextOrigin) -> [Finding] {
    var findings = ofTexts.flatMap { $0.run(text) }
    guard !ofSecrets.isEmpty else { return findings }
    for match in SecretScanner.matches(in: text.bytes) {
      for check in ofSecrets { findings += check.run(match, text, origin) }
    }
    return findings
  }

  // MARK: Apps

  /// One source folder, and the Spaces that share it.
  private struct App: Sendable {
    var source: ContentSource
    var spaces: [Int]
  }

  private func apps(of places: [Int]) -> [App] {
    var apps: [ContentSource: App] = [:]
    for place in places {
      guard var source = fleet.spaces[place].source?.value, case .present = fleet.folders[source.path] else { continue }
      // Whether files are pruned on the Hub does not change which files there are.
      source.prune = true
      apps[source, default: App(source: source, spaces: [])].spaces.append(place)
    }
    return apps.values.sorted { $0.spaces[0] < $1.spaces[0] }
  }

  private func check(_ app: App) -> Outcome {
    // What cannot be listed was reported as a folder that cannot be read.
    guard let files = try? AppFiles(app.source, in: tree) else { return Outcome() }
    var outcome = Outcome()
    for place in app.spaces {
      let space = fleet.spaces[place]
      for check in ofApps { outcome.findings += check.run(files, space, fleet) }
    }
    for file in files.files {
      if !file.isSymbolicLink { outcome.appFiles.insert(file.source) }
      let text = files.passingText(file)
      for check in ofFiles { outcome.findings += check.run(file, text, files) }
      guard let text else { continue }
      let found = findings(in: text, .app)
      outcome.findings += found
      if !found.isEmpty || Suppressions.mayHold(text.bytes) { outcome.sources[file.source] = Array(text.bytes) }
    }
    for finding in outcome.findings {
      for span in [finding.span] + finding.related.map(\.span) where outcome.sources[span.file] == nil {
        if let text = files.text(at: span.file) { outcome.sources[span.file] = Array(text.bytes) }
      }
    }
    return outcome
  }
}
