import Diagnostics
import HubAPI
import SpaceModel
import State

extension SpaceWorker {
  mutating func setVariable(_ key: String) async throws(Failure) {
    guard let variable = try required().variables[key] else { return }
    working("setting the variable \(key)")
    let address = current
    let value = await shared.book.render(variable.value).value
    try await writeRepeatable(
      .setVariable, details: ["key": .string(key)], doing: "setting the variable \(key) of \(address)",
      call: { _ throws(HubError) in try await hub.setVariable(key, value: value, note: variable.note, of: address) },
      record: { $0.spaces[address]?.variables[key] = RecordedVariable(value: value, note: variable.note) })
    causedRestart = true
  }

  mutating func deleteVariable(_ key: String) async throws(Failure) {
    working("deleting the variable \(key)")
    let address = current
    try await writeRepeatable(
      .deleteVariable, details: ["key": .string(key)], doing: "deleting the variable \(key) of \(address)",
      call: { _ throws(HubError) in try await hub.deleteVariable(key, of: address) },
      record: { $0.spaces[address]?.variables[key] = nil })
    causedRestart = true
  }

  mutating func setSecret(_ key: String) async throws(Failure) {
    working("writing the secret \(key)")
    let address = current
    let value = try secret(key)
    try await writeRepeatable(
      .setSecret, details: ["key": .string(key)], doing: "writing the secret \(key) of \(address)",
      call: { _ throws(HubError) in try await hub.setSecret(key, value: value, of: address) },
      // Until the Hub's time of change is read, nothing is recorded: a crash in between writes it again.
      record: { $0.spaces[address]?.secrets[key] = nil })
    wroteSecrets.append(key)
    secretsAnswered = await hubTime()
    causedRestart = true
  }

  mutating func deleteSecret(_ key: String) async throws(Failure) {
    working("deleting the secret \(key)")
    let address = current
    try await writeRepeatable(
      .deleteSecret, details: ["key": .string(key)], doing: "deleting the secret \(key) of \(address)",
      call: { _ throws(HubError) in try await hub.deleteSecret(key, of: address) },
      record: { $0.spaces[address]?.secrets[key] = nil })
    causedRestart = true
  }

  /// Records the secrets just written with the Hub's own times of change, read in one call.
  mutating func recordSecrets() async throws(Failure) {
    guard !wroteSecrets.isEmpty else { return }
    let address = current
    let live: [String: LiveSecret]
    do throws(HubError) {
      live = try await hub.secrets(of: address)
    } catch {
      throw error.failure(doing: "reading back the names of the secrets of \(address)")
    }
    let readAt = await hubTime()
    var recorded: [String: RecordedSecret] = [:]
    for key in wroteSecrets {
      guard let seen = live[key] else {
        throw Failure(
          doing: "reading back the names of the secrets of \(address)",
          problem: "the Hub does not list \(key) after it was written",
          help: "Run the command again; it is written again")
      }
      // Written after ours and before this reading: somebody else's value. Without a record the next plan writes ours again. A time
      // after this reading says nothing: the `Date` that the Hub's time is reckoned from was then set by a proxy with another clock.
      if let last = secretsAnswered, let seenAt = seen.updatedAt, seenAt > last.advanced(bySeconds: 2),
        seenAt <= readAt.advanced(bySeconds: 2)
      {
        continue
      }
      let fingerprint = try shared.request.fingerprint(key, secret(key))
      recorded[key] = RecordedSecret(
        updatedAt: seen.updatedAt, version: definition?.secrets[key]?.version, fingerprint: fingerprint)
    }
    let result = recorded
    await shared.ledger.update { $0.spaces[address]?.secrets.merge(result) { _, new in new } }
    wroteSecrets = []
  }

  mutating func setVolumes() async throws(Failure) {
    guard let volumes = try required().volumes?.sorted() else { return }
    working("mounting \(volumes.count) \(volumes.count == 1 ? "volume" : "volumes")")
    let address = current
    try await writeRepeatable(
      .volumes, doing: "setting the volumes of \(address)",
      call: { _ throws(HubError) in try await hub.setVolumes(volumes, of: address) },
      record: { $0.spaces[address]?.volumes = volumes })
    causedRestart = true
  }
}
