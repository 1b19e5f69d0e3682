import HubAPI
import SpaceModel
import State

/// Makes a plan from definitions, lock and what a refresh saw. Pure: the same input gives the same plan.
public struct Planner: Sendable {
  let input: PlanInput
  let references: References
  let lock: Lock
  let recordedAddresses: [String: SpaceID]
  let removals: [SpaceID: Removal]
  /// The definitions that the plan is about.
  let chosen: [SpaceDefinition]
  /// Where they are now, before any move.
  let origins: Set<SpaceID>

  private init(_ input: PlanInput) {
    self.input = input
    references = References(fleet: input.fleet, observation: input.observation, endpoint: input.endpoint)
    lock = input.lock ?? Lock(project: input.fleet.project.name, hub: Lock.hubName(forEndpoint: input.endpoint))
    recordedAddresses = Dictionary(lock.spaces.map { ($0.value.hubID, $0.key) }) { first, _ in first }
    chosen = input.fleet.only(input.chosen).spaces
    origins = Set(chosen.compactMap(\.movedFrom))
    removals = Dictionary(input.fleet.project.removed.map { ($0.space, $0) }) { first, _ in first }
  }

  public static func plan(_ input: PlanInput) -> Plan { Planner(input).plan() }

  private func plan() -> Plan {
    var spaces = chosen.map(planSpace)
    let defined = Set(input.fleet.spaces.map(\.id))
    let moved = Set(spaces.compactMap(\.movedFrom) + spaces.compactMap(\.recordedAt))
    spaces += lock.spaces.keys.filter { !defined.contains($0) && !moved.contains($0) && input.isChosen($0) }.map(planRemoval)
    spaces.sort { $0.address < $1.address }
    limitDestroys(&spaces)
    var plan = Plan(
      project: input.fleet.project.name, hub: Lock.hubName(forEndpoint: input.endpoint), spaces: spaces, totals: Totals())
    plan.totals = totals(of: spaces)
    plan.refusals = refusals(defined: defined)
    plan.refresh = input.observation.refresh
    plan.selection = input.options.selection
    plan.leftOut = leftOut(defined)
    return plan
  }

  private func leftOut(_ defined: Set<SpaceID>) -> Int {
    guard input.chosen != nil else { return 0 }
    let moving = Set(input.fleet.spaces.compactMap { lock.spaces[$0.id] == nil ? $0.movedFrom : nil })
    return defined.union(lock.spaces.keys).subtracting(moving).filter { !input.isChosen($0) }.count
  }

  private func refusals(defined: Set<SpaceID>) -> [Refusal] {
    guard defined.isEmpty, !lock.spaces.isEmpty, !input.options.allowDestroy else { return [] }
    let unnamed = lock.spaces.keys.filter { removals[$0] == nil }
    guard !unnamed.isEmpty else { return [] }
    return [
      Refusal(
        "no Space is defined, and the lock knows \(lock.spaces.count): an empty definition set destroys nothing",
        help: "Check `include` in spaceform.yaml and the folder; name the Spaces under `removed:` to let them go")
    ]
  }

  // MARK: Defined Spaces

  private func planSpace(_ definition: SpaceDefinition) -> SpacePlan {
    let place = place(of: definition)
    var plan = SpacePlan(address: definition.id)
    if let why = input.unreadContents[definition.id] {
      plan.notes.append("its files are not in this plan, because they cannot be read: \(why)")
    }
    plan.binding = binding(definition, place)
    plan.movedFrom = place.movesFrom
    plan.recordedAt = place.recordedAt
    if let observed = place.observed {
      plan.hubID = observed.info.hubID
      plan.head = observed.info.sha
      plan.stage = observed.info.runtime?.stage
      if let blocked = foreignness(of: definition, place, observed) {
        plan.action = place.record == nil ? .adopt : .update
        plan.isReplacedByAnother = place.record != nil
        plan.blocked = blocked
        return plan
      }
      return planExisting(definition, place, observed, plan)
    }
    if let refusal = renaming(of: definition, place) {
      plan.action = place.record == nil ? .create : .update
      plan.blocked = refusal
      // What is recorded there is this Space, and nothing of its own.
      if let origin = definition.movedFrom, lock.spaces[origin] != nil { plan.recordedAt = origin }
      return plan
    }
    if let why = input.observation.unknown[definition.id], let identity = input.observation.identity {
      let writes = Self.mayCreate(in: definition.id.owner, identity)
      if place.record != nil || !writes {
        plan.action = place.record == nil ? .create : .update
        plan.blocked = Refusal(
          "\(definition.id) cannot be seen: \(why)",
          help: identity == .job
            ? "set SPACEFORM_BOOTSTRAP_TOKEN, which makes Spaces, or HF_TOKEN, which sees them; for a Space that is there, add this job to its trusted publishers"
            : writes
              ? "use a token that may read all of \(definition.id.owner)"
              : "the token belongs to \(identity.name), which may not create Spaces in \(definition.id.owner); correct `owner`, or use another token",
          status: .notAllowed)
        return plan
      }
    }
    return planCreation(definition, place, plan)
  }

  /// Where a definition's Space is now and what is recorded of it.
  struct Place {
    var record: LockRecord?
    var observed: ObservedSpace?
    /// Set when the Space is still at its old address.
    var movesFrom: SpaceID?
    /// Set when it is here already and the lock still has it there.
    var recordedAt: SpaceID?
  }

  func place(of definition: SpaceDefinition) -> Place {
    let spaces = input.observation.spaces
    if let record = lock.spaces[definition.id] {
      return Place(record: record, observed: spaces[definition.id], movesFrom: nil)
    }
    if let origin = definition.movedFrom {
      if let record = lock.spaces[origin] {
        // Moved already, by us or by hand: the new address holds the recorded id.
        if let observed = spaces[definition.id], observed.info.hubID == record.hubID {
          return Place(record: record, observed: observed, movesFrom: nil, recordedAt: origin)
        }
        if spaces[definition.id] == nil, let observed = spaces[origin], observed.info.hubID == record.hubID {
          return Place(record: record, observed: observed, movesFrom: origin)
        }
      }
    }
    return Place(record: nil, observed: spaces[definition.id], movesFrom: nil)
  }

  /// Why an existing Space may not be touched: it is not the one that is recorded.
  private func foreignness(of definition: SpaceDefinition, _ place: Place, _ observed: ObservedSpace) -> Refusal? {
    guard !input.options.adopt.contains(definition.id) else { return nil }
    if let record = place.record {
      guard record.hubID != observed.info.hubID else { return nil }
      return Refusal(
        "\(definition.id) is another Space than the recorded one (\(observed.info.hubID), recorded \(record.hubID))",
        help: "`--adopt \(definition.id)` takes the Space over that is there now")
    }
    if let other = recordedAddresses[observed.info.hubID] {
      return Refusal(
        "\(definition.id) is the Space recorded as \(other)", help: "Add `moved_from: \(other)` to \(definition.file)")
    }
    return Refusal(
      "\(definition.id) exists on the Hub and is not in the lock",
      help: "`spaceform import \(definition.id)` or `--adopt \(definition.id)` takes it over")
  }

  /// Why a Space that is not at its address may not be made there: it is on the Hub, under another one.
  private func renaming(of definition: SpaceDefinition, _ place: Place) -> Refusal? {
    if let record = place.record, let now = input.observation.addresses[record.hubID], now != definition.id {
      return Refusal(
        "\(definition.id) was renamed on the Hub: it is at \(now)",
        help: "Name it so in \(definition.file) and add `moved_from: \(definition.id)`, or rename it back on the Hub")
    }
    guard place.record == nil, let origin = definition.movedFrom else { return nil }
    if let record = lock.spaces[origin] {
      guard let now = input.observation.addresses[record.hubID], now != origin, now != definition.id else { return nil }
      return Refusal(
        "\(definition.id) is to be \(origin) renamed, and that Space was renamed on the Hub: it is at \(now)",
        help: "Rename it on the Hub to \(definition.id), or back to \(origin)")
    }
    guard input.observation.spaces[origin] != nil else { return nil }
    return Refusal(
      "\(definition.id) is to be \(origin) renamed, which exists on the Hub and is not in the lock",
      help: "`spaceform import \(origin)` takes that Space over; without `moved_from` in \(definition.file) a new one is made")
  }

  static func mayCreate(in owner: String, _ identity: Identity) -> Bool {
    if owner == identity.name { return true }
    guard let organisation = identity.organisations.first(where: { $0.name == owner }) else { return false }
    return organisation.role.map { !["read", "no_access"].contains($0) } ?? true
  }

  private func planCreation(_ definition: SpaceDefinition, _ place: Place, _ start: SpacePlan) -> SpacePlan {
    var plan = start
    plan.action = .create
    plan.origin = place.record == nil ? .wanted : .drift
    if place.record != nil { plan.notes.append("recorded in the lock, and gone from the Hub: it is created again") }
    plan.steps = [.create]
    plan.changes.append(
      Change(path: "sdk", old: nil, new: .string(definition.sdk.rawValue), effect: .none))
    var settings = definition.managedSettings
    settings["visibility"] = .string((definition.visibility ?? .private).rawValue)
    if let template = definition.template { settings["template"] = .string(template) }
    plan.changes += settings.sorted { $0.key < $1.key }.map {
      Change(path: $0.key, old: nil, new: $0.value, effect: .none)
    }
    let keys = KeyDifference(
      definition: definition, record: nil, observed: nil, references: references, options: input.options,
      changedSecrets: [])
    plan.changes += keys.changes.map { change in
      var change = change
      change.effect = .none
      if change.path == "volumes" { change.old = nil }
      return change
    }
    if let manifest = input.manifests[definition.id] {
      plan.files = ContentDifference(manifest: manifest, live: nil, prunes: false).files
      plan.steps.append(.commitContent)
    }
    // Scaling is not among the things a Space can be born with.
    if let replicas = definition.replicas, replicas != 1 { plan.steps.append(.setReplicas(replicas)) }
    if definition.wait.condition == .running { plan.steps.append(.waitUntilLive) }
    return plan
  }

  private func planExisting(
    _ definition: SpaceDefinition, _ place: Place, _ observed: ObservedSpace, _ start: SpacePlan
  ) -> SpacePlan {
    var plan = start
    let record = place.record?.hubID == observed.info.hubID ? place.record : nil
    let settings = SettingDifference(definition: definition, record: record, info: observed.info)
    if settings.requiresReplacement { return planReplacement(definition, place, settings, plan) }
    let keys = KeyDifference(
      definition: definition, record: record, observed: observed, references: references, options: input.options,
      changedSecrets: input.changedSecrets[definition.id] ?? [])
    let content = planContent(definition, record, observed, &plan)
    plan.changes = (settings.changes + keys.changes + content).sorted { $0.path < $1.path }
    plan.notes += keys.notes + released(definition, record) + unlisted(observed)
    plan.unmanaged = unmanaged(definition, record, observed.keys)
    let writesContent = !content.isEmpty
    let unverified = definition.managesContent && isUnverified(observed, record, plan)
    let disturbs = writesContent || plan.changes.contains { $0.effect >= .restart }
    let isPaused = observed.info.runtime?.stage == .paused
    plan.steps = StepOrder.steps(
      definition: definition, settings: settings, keys: keys.steps, writesContent: writesContent,
      waits: definition.wait.condition == .running && (disturbs || unverified) && !isPaused, movesFrom: place.movesFrom)
    if let origin = place.movesFrom {
      plan.changes.insert(
        Change(path: "address", old: .string("\(origin)"), new: .string("\(definition.id)"), effect: .inPlace), at: 0)
    }
    if isPaused { plan.notes.append("paused on the Hub; Spaceform never starts it") }
    if place.movesFrom != nil {
      plan.action = .move
    } else if record == nil {
      plan.action = .adopt
    } else if !plan.changes.isEmpty {
      plan.action = .update
    } else if plan.steps.contains(.waitUntilLive) {
      plan.action = .verify
    }
    if !plan.changes.isEmpty, plan.changes.allSatisfy({ $0.origin == .drift }) { plan.origin = .drift }
    if plan.blockedContent != nil, plan.action == .none { plan.origin = .drift }
    return plan
  }

  /// Whether the head is ours, or has our files, and was not yet seen running. Another head is not waited for: nothing here made it.
  private func isUnverified(_ observed: ObservedSpace, _ record: LockRecord?, _ plan: SpacePlan) -> Bool {
    guard let head = observed.info.sha else { return false }
    if let content = record?.content, content.commit == head { return content.live != head }
    if case .value = observed.content, plan.takesHeadOver { return !observed.runs(head) }
    return false
  }

  /// What the lock managed and no definition declares any more: let go, said once.
  private func released(_ definition: SpaceDefinition, _ record: LockRecord?) -> [String] {
    guard let record else { return [] }
    let managed = definition.managedSettings
    var released = record.settings.keys.filter { managed[$0] == nil }.sorted()
    if record.volumes != nil, definition.volumes == nil { released.append("volumes") }
    if record.content != nil, !definition.managesContent { released.append("content") }
    return released.map { "\($0) is no longer declared: it is left as it is and no longer managed" }
  }

  /// Keys that nobody here declares or has written: listed, never touched.
  private func unmanaged(_ definition: SpaceDefinition, _ record: LockRecord?, _ keys: ObservedKeys) -> UnmanagedKeys {
    let variables = Set(definition.variables.keys).union(record?.variables.keys ?? [:].keys)
    let secrets = Set(definition.secrets.keys).union(record?.secrets.keys ?? [:].keys)
    return UnmanagedKeys(
      variables: (keys.variables.value ?? []).subtracting(variables).sorted(),
      secrets: (keys.secrets.value ?? []).subtracting(secrets).sorted())
  }

  /// What a full refresh asked for and the token may not see; where keys are managed that is said already.
  private func unlisted(_ observed: ObservedSpace) -> [String] {
    var notes: [String] = []
    if case .unreadable(let why) = observed.keys.variables, observed.variables == .notRead {
      notes.append("variables cannot be read: \(why)")
    }
    if case .unreadable(let why) = observed.keys.secrets, observed.secrets == .notRead {
      notes.append("secrets cannot be listed: \(why)")
    }
    return notes
  }

  private func planReplacement(
    _ definition: SpaceDefinition, _ place: Place, _ settings: SettingDifference, _ start: SpacePlan
  ) -> SpacePlan {
    var plan = planCreation(definition, place, start)
    plan.action = .replace
    plan.origin = .wanted
    plan.changes = settings.changes
    plan.notes = ["the region is fixed at creation: the Space is deleted and created again, and its history is lost"]
    plan.steps.insert(.destroy, at: 0)
    let protected = definition.lifecycle.preventDestroy || place.record?.preventDestroy == true
    if protected {
      plan.blocked = Refusal(
        "replacing \(definition.id) would destroy it, and `prevent_destroy` is set",
        help: "Apply `prevent_destroy: false` first, or take the change of region back")
    } else if !input.options.allowDestroy {
      plan.blocked = Refusal(
        "replacing \(definition.id) destroys it first", help: "`--allow-destroy` permits it; or take the change of region back")
    }
    return plan
  }

  func binding(_ definition: SpaceDefinition, _ place: Place) -> Binding {
    var binding = Binding()
    binding.definition = definition.projection.digest
    binding.content = input.manifests[definition.id]?.digest
    binding.record = place.record?.digest
    binding.live = place.observed?.projection.digest
    return binding
  }
}
