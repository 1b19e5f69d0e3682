/// `preview:` of a project: what the copies of its Spaces that a change request gets may hold, and for how long they live.
public struct PreviewDeclaration: Hashable, Sendable {
  /// Keys of secrets that a preview gets; the others are left out.
  public var secrets: Set<String>
  /// Mounts of volumes that a preview gets; the others are left out.
  public var volumes: Set<String>
  /// How long a preview lives after its files were changed last.
  public var timeToLive: TimeSpan

  public static let defaultTimeToLive = TimeSpan(seconds: 3 * 86_400)

  public init(
    secrets: Set<String> = [], volumes: Set<String> = [], timeToLive: TimeSpan = PreviewDeclaration.defaultTimeToLive
  ) {
    self.secrets = secrets
    self.volumes = volumes
    self.timeToLive = timeToLive
  }
}
