import Diagnostics
import HubAPI
import SpaceModel
import State

/// Carries out one Space's steps, in order, with an intent before each call and an outcome after it.
struct SpaceWorker: Sendable {
  /// What all workers of one apply share.
  struct Shared: Sendable {
    let request: ApplyRequest
    let ledger: Ledger
    let watcher: LiveWatcher
    let book: ReferenceBook
    let milestones: Milestones
    let slots: Slots
    /// The Hub refuses concurrent creates on one account.
    let creations: Slots
  }

  let plan: SpacePlan
  let definition: SpaceDefinition?
  let shared: Shared
  /// Where the Space is now; changes with a move.
  var current: SpaceID
  /// The head as last seen or made.
  var head: String?
  /// The tree of a Space just created, to be pruned of what the Hub put there.
  var bornWith: [TreeFile] = []
  var causedRestart = false
  var causedCommit = false
  var wroteSecrets: [String] = []
  /// Hub time when the last write of a secret was answered.
  var secretsAnswered: Timestamp?

  init(plan: SpacePlan, definition: SpaceDefinition?, shared: Shared) {
    self.plan = plan
    self.definition = definition
    self.shared = shared
    current = plan.movedFrom ?? plan.address
    head = plan.head
  }

  var hub: any HubAPI { shared.request.hub }

  func working(_ text: String) { shared.request.report(.working(plan.address, text)) }

  /// Does everything; the first failure ends this Space's part.
  mutating func run() async throws(Failure) {
    if plan.action == .adopt, let hubID = plan.hubID {
      let address = plan.address
      await shared.ledger.update { lock in
        // What is known of it under an address that it had before goes with it: one Space has one record.
        let known = lock.spaces.filter { $0.value.hubID == hubID }
        for other in known.keys { lock.spaces[other] = nil }
        lock.spaces[address] = known[address] ?? known.min { $0.key < $1.key }?.value ?? LockRecord(hubID: hubID)
      }
    }
    if let recordedAt = plan.recordedAt {
      let address = plan.address
      await shared.ledger.update { $0.spaces[address] = $0.spaces.removeValue(forKey: recordedAt) }
    }
    await takeHeadOver()
    for step in plan.steps {
      if shared.request.isInterrupted() { throw interrupted() }
      if !step.isKeyStep { try await recordSecrets() }
      try await perform(step)
    }
    try await recordSecrets()
    guard let definition else { return }
    await converge(definition)
  }

  private mutating func perform(_ step: Step) async throws(Failure) {
    switch step {
    case .destroy: try await destroy()
    case .forget:
      let address = plan.address
      await shared.ledger.update { $0.spaces[address] = nil }
    case .move(let origin): try await move(from: origin)
    case .create: try await create()
    case .setVisibility(let visibility): try await setVisibility(visibility)
    case .setResourceGroup(let group): try await setResourceGroup(group)
    case .deleteVariable(let key): try await deleteVariable(key)
    case .deleteSecret(let key): try await deleteSecret(key)
    case .setVariable(let key): try await setVariable(key)
    case .setSecret(let key): try await setSecret(key)
    case .setVolumes: try await setVolumes()
    case .commitContent: try await commitContent()
    case .requestHardware(let flavour, let sleepTime): try await requestHardware(flavour, sleepTime)
    case .setSleepTime(let sleepTime): try await setSleepTime(sleepTime)
    case .setReplicas(let count): try await setReplicas(count)
    case .setDevMode(let enabled): try await setDevMode(enabled)
    case .waitUntilLive: try await waitUntilLive()
    }
  }

  /// Brings the record to what the definition manages, now that the Hub shows it: settings that never differed included, and
  /// released ones left out.
  private func converge(_ definition: SpaceDefinition) async {
    var rendered: [String: RecordedVariable] = [:]
    for (key, variable) in definition.variables {
      rendered[key] = RecordedVariable(value: await shared.book.render(variable.value).value, note: variable.note)
    }
    let variables = rendered
    let address = plan.address
    await shared.ledger.update { lock in
      guard var record = lock.spaces[address] else { return }
      record.converge(to: definition, variables: variables)
      lock.spaces[address] = record
    }
  }

  /// An equal tree takes the head over silently, whoever made it. Whether that commit runs is for the Hub to say: while it was
  /// not seen running, it is waited for.
  private func takeHeadOver() async {
    guard definition != nil, plan.takesHeadOver, !plan.steps.contains(.create), let head,
      let manifest = shared.request.manifests[plan.address],
      let observed = shared.request.observation.spaces[current], case .value = observed.content
    else { return }
    let address = current
    await shared.ledger.update { lock in
      guard let record = lock.spaces[address] else { return }
      let live = observed.runs(head) ? head : record.content?.live
      lock.spaces[address]?.content = RecordedContent(digest: manifest.digest, commit: head, live: live)
    }
  }

  func interrupted() -> Failure {
    Failure(
      doing: "applying \(plan.address)", problem: "stopped before the next step",
      help: "Run the command again; what is done is kept", status: .interrupted)
  }
}

extension Step {
  /// Secrets are recorded once after the last of a run of keys, with one call.
  fileprivate var isKeyStep: Bool {
    switch self {
    case .deleteVariable, .deleteSecret, .setVariable, .setSecret: true
    default: false
    }
  }
}

extension LockRecord {
  /// Takes over what a definition manages. Secrets and content are recorded where they are written.
  mutating func converge(to definition: SpaceDefinition, variables: [String: RecordedVariable]) {
    settings = definition.managedSettings
    self.variables = variables
    secrets = secrets.filter { definition.secrets[$0.key] != nil }
    volumes = definition.volumes?.sorted()
    if !definition.managesContent { content = nil }
    dependsOn = Set(definition.dependsOn + definition.references).sorted()
    preventDestroy = definition.lifecycle.preventDestroy
  }
}
