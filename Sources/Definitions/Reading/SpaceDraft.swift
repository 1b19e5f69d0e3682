import SpaceModel

/// A Space as its file and the defaults say, each value with its place, before references are looked up.
///
/// What the rules judge: the values of `Contents`, once they are read. They are kept in one place that all copies share, because
/// every rule is handed every draft.
@dynamicMemberLookup
struct SpaceDraft: Sendable {
  private final class Storage: Sendable {
    let contents: Contents
    init(_ contents: Contents) { self.contents = contents }
  }

  private let storage: Storage

  init(_ contents: Contents) { storage = Storage(contents) }

  subscript<Value>(dynamicMember member: KeyPath<Contents, Value>) -> Value { storage.contents[keyPath: member] }
}

extension SpaceDraft {
  /// The values, while they are read.
  ///
  /// A value that is absent, or of the wrong type and already reported, is nil.
  struct Contents: Sendable {
    var file: String
    /// The key `name` and its value; the file's beginning when it is missing.
    var namePlace: Place
    /// As the file says it, without an environment's suffix.
    var name: String?
    var owner: Placed<String>?
    /// With the environment's owner and suffix; nil when name or owner are missing or not allowed.
    var id: SpaceID?
    /// What the address is without an environment: what references and `moved_from` are written against.
    var baseID: SpaceID?

    var sdk: Placed<SDK>?
    var readme: SourceReadme?
    /// Nil also on a static Space whose hardware comes from defaults.
    var hardware: Placed<Flavour>?
    /// Nil also where a default cannot hold: on static Spaces and on free hardware.
    var sleepTime: Placed<SleepTime>?
    var visibility: Placed<Visibility>?
    var region: Placed<Region>?
    var resourceGroup: Placed<String>?
    var template: Placed<String>?
    var source: Placed<ContentSource>?
    var sourcePath: Placed<String>?
    var card = Card()
    /// Where `card` is declared; nil when it is not, whatever the README says.
    var cardPlace: Place?
    var variables: [DraftVariable] = []
    var secrets: [DraftSecret] = []
    var volumes: Placed<[DraftVolume]>?
    var devMode: Placed<Bool>?
    var replicas: Placed<Int>?
    var waitFor: Placed<WaitPolicy.Condition>?
    var waitTimeout: Placed<TimeSpan>?
    var preventDestroy = false
    var ignoreChanges: [Placed<String>] = []
    var movedFrom: Placed<SpaceID>?
    var dependsOn: [Placed<String>] = []

    /// The definition's, else the source README's, else docker.
    var resolvedSDK: SDK { sdk?.value ?? readme?.sdk ?? .docker }
    var isStatic: Bool { resolvedSDK == .static }

    /// Whether what is in the source is all the Space has: no template gave it files, and others are deleted.
    var hasOnlySource: Bool { template == nil && source?.value.prune == true }

    /// What the Space runs on: nil on static Spaces, cpu-basic when nothing is said.
    var flavour: Flavour? { isStatic ? nil : hardware?.value ?? .cpuBasic }

    /// What apply waits for: what is said, else for a running Space where there are files to run.
    var waitCondition: WaitPolicy.Condition {
      waitFor?.value ?? (source != nil || template != nil ? .running : .none)
    }

    /// Whether the card is all the README will say. A card without a source is laid over a README that only the Hub has.
    var hasWholeCard: Bool { source != nil }

    /// Whether the hardware is billed; hardware of unknown price counts as billed.
    var isPaid: Bool {
      guard let flavour else { return false }
      return HardwareCatalogue.published[flavour]?.isPaid ?? true
    }
  }
}

struct DraftVariable: Sendable {
  var key: String
  var value: TemplateText
  var note: String?
  /// The key's place, and the value's.
  var place: Place
  /// How many characters stand before the value's first one, when the value is written as it means on one line; nil when
  /// escapes or line breaks make places inside it unknown.
  var lead: Int?
}

struct DraftVolume: Sendable {
  var value: Volume
  /// The mount's place.
  var place: Place
  var readOnly: Placed<Bool>?
  var revision: Placed<String>?
}

struct DraftSecret: Sendable {
  var key: String
  /// Nil when it is not said, or given as a literal.
  var source: SecretSource?
  var version: Int?
  var place: Place
  /// The place of a `file` source.
  var filePlace: Place?
}
