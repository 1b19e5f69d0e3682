import Diagnostics
import Files
import SpaceModel
import YAML

/// What was read: the fleet when nothing is wrong with it, and everything there is to say.
public struct LoadedDefinitions: Sendable {
  private let assembly: FleetAssembly?
  /// Sorted for report.
  public var findings: [Finding]
  /// The text of every file a finding points into, for snippets; values that may be secrets are masked.
  public var texts: [String: String]
  /// What was looked at, and why.
  public var checked: CheckedFiles

  init(assembly: FleetAssembly?, findings: [Finding], texts: [String: String], checked: CheckedFiles) {
    self.assembly = assembly
    self.findings = findings
    self.texts = texts
    self.checked = checked
  }

  /// Nil when any finding is an error: a plan is made of a whole fleet or of none. Made when it is asked for, each time.
  public var fleet: Fleet? { assembly?.fleet }

  public var filesChecked: Int { checked.total }

  /// What a run says that had nothing to look at.
  public static let nothing = LoadedDefinitions(
    assembly: nil, findings: [], texts: [:],
    checked: CheckedFiles(definitions: 0, appFiles: 0, spaces: [], spacesInProject: 0))
}

/// What a run checks.
public struct CheckOptions: Sendable, Hashable {
  public var rules: RuleSelection
  /// Only what these paths can affect is checked and reported, though all is read; nil for everything.
  public var touched: TouchedPaths?
  /// The Spaces' files are about to be brought, so what is wrong with them now is nobody's concern; that none lies outside of the
  /// project is.
  public var awaitsFiles: Bool

  public init(rules: RuleSelection = .standard, touched: TouchedPaths? = nil, awaitsFiles: Bool = false) {
    self.rules = rules
    self.touched = touched
    self.awaitsFiles = awaitsFiles
  }
}

/// Reads a project: `spaceform.yaml`, its Space files, and what their sources' READMEs say.
public enum DefinitionLoader {
  /// Reads and checks everything, offline.
  ///
  /// - Parameters:
  ///   - tree: the work tree, the index, or a commit.
  ///   - projectFile: the project file's path in the tree.
  ///   - environment: the environment chosen by `--env`.
  ///   - options: which rules, on what part.
  ///   - folderName: the project's name when the file gives none; the folder of the file on disk when nil.
  /// - Throws: when there is no project file, the environment is not declared, or the tree cannot be read. Whatever is wrong
  ///   inside the files is a finding.
  public static func load(
    tree: any SourceTree, projectFile: String = "spaceform.yaml", environment: String?, folderName: String? = nil,
    options: CheckOptions = CheckOptions()
  ) throws(Failure) -> LoadedDefinitions {
    var reading = ProjectReading(tree: tree, projectFile: projectFile, environment: environment, options: options)
    return try reading.load(folderName: folderName)
  }
}
