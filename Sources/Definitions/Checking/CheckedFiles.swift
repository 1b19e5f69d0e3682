/// What a run looked at, and why: a run that looked at nothing must not look like one that found nothing.
public struct CheckedFiles: Sendable, Hashable {
  /// Why a Space was checked.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Everything is.
    case everything
    /// The project file is among the touched paths, and every Space depends on it.
    case project
    /// Its own file is.
    case definition
    /// Something in its source folder is.
    case source
    /// It names a Space whose definition is, or one that is not there.
    case reference
  }

  /// One Space that was checked.
  public struct Space: Sendable, Hashable {
    /// Its definition.
    public var file: String
    public var reason: Reason
  }

  /// The project file and the definitions, as far as they were checked.
  public var definitions: Int
  /// Files of apps that were checked, READMEs included.
  public var appFiles: Int
  /// In the order of their files.
  public var spaces: [Space]
  /// How many Spaces the project has.
  public var spacesInProject: Int

  public var total: Int { definitions + appFiles }
}
