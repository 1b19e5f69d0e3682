/// What one `*.space.yaml` declares, checked and with defaults, environment and references resolved.
///
/// A nil setting is unmanaged: not compared, not changed, not recorded.
public struct SpaceDefinition: Hashable, Sendable {
  public var id: SpaceID
  /// The definition's, else the source README's, else docker.
  public var sdk: SDK
  /// Whether the definition itself says the sdk, so that a Space with another one is not as defined.
  public var declaresSDK: Bool
  /// Nil on static Spaces only; `cpu-basic` when the definition says nothing.
  public var hardware: Flavour?
  public var sleepTime: SleepTime?
  public var visibility: Visibility?
  public var region: Region?
  public var resourceGroup: String?
  /// Used at creation only.
  public var template: String?
  public var source: ContentSource?
  /// The card's members under the Hub's own key names (`colorFrom`, `app_port`), laid over the source README's front matter.
  public var card: [String: JSONValue]?
  public var variables: [String: VariableDeclaration]
  public var secrets: [String: SecretDeclaration]
  /// When declared, the whole list.
  public var volumes: [Volume]?
  public var devMode: Bool?
  public var replicas: Int?
  public var wait: WaitPolicy
  public var lifecycle: Lifecycle
  public var movedFrom: SpaceID?
  public var dependsOn: [SpaceID]
  /// The definition file, relative to the project folder.
  public var file: String

  public init(id: SpaceID, file: String, sdk: SDK = .docker) {
    self.id = id
    self.file = file
    self.sdk = sdk
    declaresSDK = false
    hardware = sdk == .static ? nil : .cpuBasic
    variables = [:]
    secrets = [:]
    wait = WaitPolicy(condition: .none)
    lifecycle = Lifecycle()
    dependsOn = []
  }

  /// The Spaces this one's variables ask about, sorted, itself left out.
  public var references: [SpaceID] {
    Set(variables.values.flatMap(\.value.references)).subtracting([id]).sorted()
  }

  /// Whether this Space's README or files are ours to write.
  public var managesContent: Bool { source != nil || card != nil }
}

/// The folder a Space's files come from.
public struct ContentSource: Hashable, Sendable {
  /// Relative to the folder of `spaceform.yaml`, `/` between segments, `.` for that folder itself.
  public var path: String
  /// Patterns of files to leave out, in `.gitignore` form, relative to `path`.
  public var ignore: [String]
  /// Whether files on the Space that are not in the folder are deleted (only where the head is ours).
  public var prune: Bool

  public init(path: String, ignore: [String] = [], prune: Bool = true) {
    self.path = path
    self.ignore = ignore
    self.prune = prune
  }
}

/// Whether and how long apply waits until a Space is live.
public struct WaitPolicy: Hashable, Sendable {
  public enum Condition: String, Hashable, Sendable, CaseIterable { case running, none }
  public var condition: Condition
  public var timeout: TimeSpan

  public init(condition: Condition, timeout: TimeSpan = TimeSpan(seconds: 1800)) {
    self.condition = condition
    self.timeout = timeout
  }
}

/// What a plan may not do to a Space.
public struct Lifecycle: Hashable, Sendable {
  /// Destroy and replace are refused; holds after the definition is gone, until applied as false.
  public var preventDestroy: Bool
  /// Dotted definition paths, or `content`, that are used at creation and ignored afterwards.
  public var ignoreChanges: [String]

  public init(preventDestroy: Bool = false, ignoreChanges: [String] = []) {
    self.preventDestroy = preventDestroy
    self.ignoreChanges = ignoreChanges
  }

  /// Whether a change at this dotted path is to be ignored: the path itself or one above it is named.
  public func ignores(_ path: String) -> Bool {
    ignoreChanges.contains { path == $0 || path.hasPrefix($0 + ".") }
  }
}
