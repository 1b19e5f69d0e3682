import Diagnostics
import Files
import SpaceModel
import YAML

/// What was read: the fleet when nothing is wrong with it, and everything there is to say.
public struct LoadedDefinitions: Sendable {
  /// Nil when any finding is an error: a plan is made of a whole fleet or of none.
  public var fleet: Fleet?
  /// Sorted for report.
  public var findings: [Finding]
  /// The text of every file a finding points into, for snippets; values that may be secrets are masked.
  public var texts: [String: String]
  /// Project file and Space files.
  public var filesChecked: Int

  public init(fleet: Fleet?, findings: [Finding], texts: [String: String], filesChecked: Int) {
    self.fleet = fleet
    self.findings = findings
    self.texts = texts
    self.filesChecked = filesChecked
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
  ///   - folderName: the project's name when the file gives none; the folder of the file on disk when nil.
  /// - Throws: when there is no project file, the environment is not declared, or the tree cannot be read. Whatever is wrong
  ///   inside the files is a finding.
  public static func load(
    tree: any SourceTree, projectFile: String = "spaceform.yaml", environment: String?, folderName: String? = nil
  ) throws(Failure) -> LoadedDefinitions {
    var reading = ProjectReading(tree: tree, projectFile: projectFile, environment: environment)
    return try reading.load(folderName: folderName)
  }
}
