import SpaceModel

/// The keys of a `*.space.yaml`: the settings of the setting table, and the few that describe the definition itself.
enum SpaceKeys {
  static let table = KeyTable(identity + Setting.all.map(key) + behaviour)

  /// What `defaults` may hold: every key that can hold for more than one Space.
  static let defaults = table.without(["name", "moved_from"])

  private static let identity = [
    Key("name", .text, "The Space's name; with the owner it is the address.", isRequired: true),
    Key("owner", .text, "User or organisation; the project's owner when absent."),
  ]

  private static let behaviour = [
    Key("wait", .table(wait), "Whether and how long apply waits until the Space is live."),
    Key("lifecycle", .table(lifecycle), "What a plan may not do to the Space."),
    Key("moved_from", .address, "The address the Space had: it is renamed, not deleted and created."),
    Key("depends_on", .list(.text), "Spaces that must be live before this one is written."),
  ]

  private static func key(_ setting: Setting) -> Key { Key(setting.key, shape(of: setting), setting.summary) }

  private static func shape(of setting: Setting) -> Shape {
    switch setting.kind {
    case .text: .text
    case .name(let known): .name(known: known)
    case .closedName(let names): .choice(names)
    case .span: .span(allowsNever: true)
    case .flag: .flag
    case .count: .count(minimum: 1)
    case .identifier: .identifier
    case .table, .list: structure[setting.key] ?? .anything
    }
  }

  /// What is inside the settings that are more than one value.
  private static let structure: [String: Shape] = [
    "source": .table(source),
    "card": .table(CardKeys.table),
    "variables": .map(.either([.value, .table(variable)])),
    "secrets": .map(.secretSource(secret)),
    "volumes": .list(.table(volume)),
  ]

  private static let source = KeyTable([
    Key("path", .text, "The folder, relative to the project folder.", isRequired: true),
    Key("ignore", .list(.text), "Patterns of files to leave out, as in .gitignore."),
    Key("prune", .flag, "Whether files on the Space that are not in the folder are deleted; true when absent."),
  ])

  private static let variable = KeyTable([
    Key("value", .value, "The value.", isRequired: true),
    Key("description", .text, "Shown beside the variable on the Hub."),
  ])

  static let secret = KeyTable([
    Key("env", .text, "The environment variable that holds the value when apply runs."),
    Key("file", .text, "The file that holds the value, relative to the project folder."),
    Key("command", .list(.text), "The program and its arguments that print the value."),
    Key("version", .count(minimum: 0), "Raised to have the value written again."),
  ])

  private static let volume = KeyTable([
    Key("type", .choice(Volume.Kind.allCases.map(\.rawValue)), "What is mounted.", isRequired: true),
    Key("source", .address, "The bucket or repository.", isRequired: true),
    Key("mount", .text, "Where it is mounted: an absolute path.", isRequired: true),
    Key("read_only", .flag, "Repositories are always read-only; buckets only when this says so."),
    Key("revision", .text, "A repository's branch, tag or commit; main when absent."),
    Key("path", .text, "A folder inside the source."),
  ])

  private static let wait = KeyTable([
    Key("for", .choice(WaitPolicy.Condition.allCases.map(\.rawValue)), "What apply waits for."),
    Key("timeout", .span(allowsNever: false), "How long at most; 30m when absent."),
  ])

  private static let lifecycle = KeyTable([
    Key("prevent_destroy", .flag, "Refuses every plan that would delete the Space."),
    Key("ignore_changes", .list(.text), "Settings used at creation and left alone afterwards."),
  ])
}
