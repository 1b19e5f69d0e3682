/// One row for every setting of a Space: the single source that YAML keys, JSON Schema, lock, plan and documentation are made
/// from. Effects and read-back places follow facts: hub-api sections 7.3 and 7.4.
public struct Setting: Hashable, Sendable {
  /// The snake_case name in definitions, lock, plan and JSON.
  public let key: String
  public let kind: Kind
  public let summary: String
  public let example: JSONValue
  /// What the Hub does when nothing is said at creation.
  public let creationDefault: String?
  public let readBack: ReadBack
  public let effect: Effect

  /// The YAML and JSON type.
  public enum Kind: Hashable, Sendable {
    case text
    case name(known: [String])
    case closedName([String])
    case span
    case flag
    case count
    case identifier
    case table
    case list
  }

  /// Which call shows the value again.
  public enum ReadBack: String, Hashable, Sendable {
    /// In the list call that covers hundreds of Spaces.
    case list
    /// In the Space's runtime, one call a Space.
    case runtime
    /// In a call of its own, one a Space.
    case own
    /// In the repository's files.
    case content
    /// Nowhere.
    case never
  }

  /// Settings that stand directly in a Space definition, in the order the documentation shows them.
  public static let all: [Setting] = [
    row(
      "sdk", .closedName(PublishedCatalogue.current.sdks.map(\.rawValue)),
      "What builds and runs the Space; `streamlit` can be imported, not created.", "docker", "docker", .list, .rebuild),
    row(
      "hardware", .name(known: HardwareCatalogue.published.offers.map(\.flavour.rawValue)),
      "Hardware flavour; none on static Spaces.", "cpu-basic", "cpu-basic", .list, .restart),
    row(
      "sleep_time", .span, "Idle time before the Space sleeps: 30s, 15m, 1h, 2d or never. Paid hardware only.", "1h",
      "never", .list, .inPlace),
    row(
      "visibility", .closedName(Visibility.allCases.map(\.rawValue)),
      "Who may see the Space. Unset creates it private and leaves it alone afterwards.", "private", "private", .list,
      .inPlace),
    row("region", .name(known: Region.known.map(\.rawValue)), "Where it runs; fixed at creation.", "eu", nil, .list, .replace),
    row(
      "resource_group", .identifier, "Id of an organisation's resource group, 24 hexadecimal digits.",
      "66670e5163145ca562cb1988", nil, .list, .inPlace),
    row(
      "template", .text, "Official template to create from; used at creation only.", "SpacesExamples/jupyterlab", nil, .never,
      .none),
    row("source", .table, "The folder the Space's files come from.", ["path": "apps/chat"], nil, .content, .rebuild),
    row(
      "card", .table, "What the README's front matter says, over the source's own.", ["title": "Chat"], nil, .content, .rebuild),
    row("variables", .table, "Public environment variables, owned one by one.", ["LOG_LEVEL": "info"], nil, .own, .restart),
    row(
      "secrets", .table, "Private environment variables: where each value comes from, never the value.",
      ["API_KEY": ["env": "API_KEY"]], nil, .own, .restart),
    row(
      "volumes", .list, "Mounted storage; when declared, the whole list.",
      [["type": "bucket", "source": "acme/data", "mount": "/data"]], nil, .runtime, .restart),
    row("dev_mode", .flag, "Keeps a development container; needs a paid plan.", false, "false", .list, .rebuild),
    row("replicas", .count, "Copies that run at once, each billed; paid hardware only.", 1, "1", .list, .restart),
  ]

  public static subscript(key: String) -> Setting? { all.first { $0.key == key } }

  private static func row(
    _ key: String, _ kind: Kind, _ summary: String, _ example: JSONValue, _ creationDefault: String?, _ readBack: ReadBack,
    _ effect: Effect
  ) -> Setting {
    Setting(
      key: key, kind: kind, summary: summary, example: example, creationDefault: creationDefault, readBack: readBack,
      effect: effect)
  }
}

/// What a change does to a Space that runs.
public enum Effect: String, Hashable, Sendable, Codable, Comparable {
  /// Nothing on the Hub changes: bookkeeping.
  case none
  /// Takes hold while the Space runs.
  case inPlace = "in_place"
  /// The app restarts.
  case restart
  /// The image is built again, and the app restarts.
  case rebuild
  /// The Space is deleted and created again.
  case replace

  private var rank: Int {
    switch self {
    case .none: 0
    case .inPlace: 1
    case .restart: 2
    case .rebuild: 3
    case .replace: 4
    }
  }
  public static func < (left: Effect, right: Effect) -> Bool { left.rank < right.rank }
}
