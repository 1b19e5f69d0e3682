import Files
import SpaceModel
import YAML

/// `spaceform.yaml` as read: what it says with places, before the Spaces are.
struct ProjectFile: Sendable {
  let file: String
  let root: Layered
  let owner: Placed<String>?
  let include: [Placed<String>]
  let environment: Environment?
  let removed: [Placed<Removal>]
  let policy: PolicyPlaces
  let state: StateReading
  let preview: PreviewPlaces
  /// The environment's defaults and the project's, nearest first.
  let defaultLayers: [Layered.Layer]

  struct Environment: Sendable {
    var name: String
    var owner: Placed<String>?
    var suffix: Placed<String>?
  }

  static let defaultInclude = "spaces/**/*.space.yaml"

  /// The patterns of the Space files.
  var patterns: [String] { root["include"] == nil ? [ProjectFile.defaultInclude] : include.map(\.value) }
  /// Those that stay in the project folder.
  var globs: [Glob] { patterns.compactMap(ProjectPath.normal).map(Glob.init) }

  /// - Parameter environment: the name given by `--env`, known to be declared.
  init(_ root: YAMLNode, file: String, environment name: String?) {
    self.file = file
    let project = Layered(Layered.Layer(file: file, isDefault: false, key: nil, node: root))
    self.root = project
    owner = project.text("owner")
    include = project.texts("include") ?? []
    state = StateReading(project["state"])
    policy = PolicyPlaces(project["policy"])
    preview = PreviewPlaces(project["preview"])
    removed =
      project["removed"].map { list in
        (list.node.elements ?? []).compactMap { node in
          let element = list.element(node)
          guard let space = element.text("space"), let id = SpaceID(space.value), let destroy = element.flag("destroy") else {
            return nil
          }
          return Placed(Removal(space: id, destroy: destroy.value), space.place)
        }
      } ?? []
    let chosen = name.flatMap { project["environments"]?[$0] }
    environment = name.map { Environment(name: $0, owner: chosen?.text("owner"), suffix: chosen?.text("suffix")) }
    defaultLayers = [chosen?["defaults"], project["defaults"]].compactMap { defaults in
      guard let defaults, defaults.node.entries != nil else { return nil }
      return Layered.Layer(file: file, isDefault: true, key: defaults.nearest.key, node: defaults.node)
    }
  }

  /// The names `--env` may take.
  static func environments(in root: YAMLNode) -> [String] { root["environments"]?.entries?.map(\.name) ?? [] }

  /// The value the engine reads, with everything that is not said at its default.
  func project(defaultName: String) -> Project {
    Project(
      name: root.text("project")?.value ?? defaultName, owner: environment?.owner?.value ?? owner?.value,
      environment: environment?.name, removed: removed.map(\.value), policy: policy.value,
      activeHoursPerDay: root["cost"]?.number("active_hours_per_day") ?? 24, state: state.declaration,
      preview: preview.value)
  }
}

/// The policy, and where each rule of it stands.
struct PolicyPlaces: Sendable {
  var value = Policy()
  var allowedHardware: Place?
  var maximumMonthly: Place?
  var warnMonthly: Place?
  var requireSleepTime: Place?
  var allowPublic: Place?
  var namePattern: Place?

  init(_ policy: Layered?) {
    guard let policy else { return }
    if let flavours = policy.texts("allowed_hardware") {
      value.allowedHardware = flavours.map { Flavour(rawValue: $0.value) }
      allowedHardware = policy["allowed_hardware"]?.place
    }
    (value.maximumMonthly, maximumMonthly) = PolicyPlaces.money(policy["max_monthly_usd"])
    (value.warnMonthly, warnMonthly) = PolicyPlaces.money(policy["warn_monthly_usd"])
    if let flag = policy.flag("require_sleep_time_on_paid_hardware") {
      value.requireSleepTimeOnPaidHardware = flag.value
      requireSleepTime = flag.place
    }
    if let flag = policy.flag("allow_public") {
      value.allowPublic = flag.value
      allowPublic = flag.place
    }
    if let pattern = policy.text("name_pattern") {
      value.namePattern = pattern.value
      namePattern = pattern.place
    }
  }

  /// Amounts no fleet can cost are cut off rather than overflowing.
  private static func money(_ limit: Layered?) -> (Money?, Place?) {
    guard let limit, let usd = limit.node.scalar?.value.number else { return (nil, nil) }
    return (Money(usd: min(usd, 1e12)), limit.place)
  }
}
