import Diagnostics
import HubAPI
import SpaceModel
import State

extension SpaceWorker {
  mutating func requestHardware(_ flavour: Flavour, _ sleepTime: SleepTime?) async throws(Failure) {
    working("requesting \(flavour)")
    let address = current
    try await writeRepeatable(
      .hardware, details: ["to": .string(flavour.rawValue)], doing: "requesting \(flavour) for \(address)",
      call: { _ throws(HubError) in _ = try await hub.requestHardware(flavour, sleepTime: sleepTime, for: address) },
      record: {
        $0.spaces[address]?.settings["hardware"] = .string(flavour.rawValue)
        if let sleepTime { $0.spaces[address]?.settings["sleep_time"] = .string(sleepTime.description) }
      })
    causedRestart = true
  }

  func setSleepTime(_ sleepTime: SleepTime) async throws(Failure) {
    working("setting the sleep time to \(sleepTime)")
    let address = current
    try await writeRepeatable(
      .sleepTime, details: ["to": .string(sleepTime.description)], doing: "setting the sleep time of \(address)",
      call: { _ throws(HubError) in _ = try await hub.setSleepTime(sleepTime, of: address) },
      record: recordSetting("sleep_time", .string(sleepTime.description)))
  }

  mutating func setReplicas(_ count: Int) async throws(Failure) {
    working("scaling to \(count)")
    let address = current
    try await writeRepeatable(
      .replicas, details: ["to": .int(count)], doing: "scaling \(address)",
      call: { _ throws(HubError) in try await hub.setReplicas(count, of: address) },
      record: recordSetting("replicas", .int(count)))
    causedRestart = true
  }

  mutating func setDevMode(_ enabled: Bool) async throws(Failure) {
    working("switching dev mode \(enabled ? "on" : "off")")
    let address = current
    try await writeRepeatable(
      .devMode, details: ["to": .bool(enabled)], doing: "switching dev mode of \(address)",
      call: { _ throws(HubError) in _ = try await hub.setDevMode(enabled, of: address) },
      record: recordSetting("dev_mode", .bool(enabled)))
    causedRestart = true
  }

  /// Live means live: the requested commit runs on the requested hardware in a healthy stage.
  mutating func waitUntilLive() async throws(Failure) {
    let definition = try required()
    let address = current
    let recorded = await shared.ledger.lock.spaces[address]?.content
    // Where the head is another's, that is what a restart brings up; it is not recorded as ours.
    let commit = recorded.map { head ?? $0.commit }
    working("waiting until it is live")
    // Waiting holds no slot: builds take minutes, and others can be written meanwhile.
    await shared.slots.release()
    let verdict = await shared.watcher.wait(
      for: LiveWatcher.Expectation(
        address: address, commit: commit, hardware: awaitedHardware(definition), causedRestart: causedRestart,
        causedCommit: causedCommit, managesFiles: definition.source != nil,
        timeout: Double(definition.wait.timeout.seconds)))
    await shared.slots.acquire()
    switch verdict {
    case .live:
      if let recorded, recorded.commit == commit {
        await shared.ledger.update { $0.spaces[address]?.content?.live = recorded.commit }
      }
    case .paused: working("paused on the Hub: not waited for")
    case .failed(let stage, let message): throw await stageFailure(stage, message)
    case .timedOut(let stage):
      throw Failure(
        doing: "waiting until \(address) is live",
        problem: "it is still \(stage?.rawValue ?? "unknown") after \(definition.wait.timeout)",
        help: "`spaceform logs \(address)` shows what it does; run apply again to go on waiting, or raise `wait.timeout`")
    case .unreachable(let error): throw error.failure(doing: "waiting until \(address) is live")
    case .interrupted: throw interrupted()
    }
  }

  /// What it has to run on: nothing in particular where the hardware of an existing Space is not ours to choose.
  private func awaitedHardware(_ definition: SpaceDefinition) -> Flavour? {
    plan.steps.contains(.create) || !definition.lifecycle.ignores("hardware") ? definition.hardware : nil
  }

  /// The failure with the end of the log that explains it.
  private func stageFailure(_ stage: Stage, _ message: String?) async -> Failure {
    let kind: LogKind = stage == .buildError || stage == .configError ? .build : .run
    let address = current
    let lines = try? await Refresher.attempt { () async throws(HubError) in
      try await hub.logs(of: address, kind, tail: 20)
    }.get()
    var problem = "\(stage.rawValue)\(message.map { ": \($0)" } ?? "")"
    if let lines, !lines.isEmpty {
      problem += "\n  the end of its \(kind.rawValue) log:\n"
      problem += lines.suffix(20).map { "  | \($0.text.filter { !$0.isNewline })" }.joined(separator: "\n")
    }
    let help =
      stage == .noAppFile
      ? "add the file the Space runs (Dockerfile, or `app_file` of the card) and apply again"
      : "correct the files or settings and apply again; `spaceform logs \(address)` shows the whole log"
    return Failure(doing: "waiting until \(address) is live", problem: problem, help: help)
  }
}
