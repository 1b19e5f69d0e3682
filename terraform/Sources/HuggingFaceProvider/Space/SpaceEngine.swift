import Content
import CtyCore
import Diagnostics
import HubAPI
import Platform
import ProviderKit
import Reconciler
import SpaceModel
import State

/// The engine of the command line, for a fleet of one Space: refresh, plan, apply.
struct SpaceEngine: Sendable {
  let fleet: Fleet
  let lock: Lock
  let content: PreparedContent?
  let secrets: SpaceSecrets
  let options: PlanOptions
  let hub: SharingHub
  let lockKey: LockKey?
  /// How long a change may take; nil for as long as it takes.
  let limit: TimeSpan?

  /// What came of a change.
  struct Outcome: Sendable {
    var lock: Lock
    /// The first thing that went wrong, at its attribute.
    var failure: ProviderError?
  }

  private var manifests: [SpaceID: ContentManifest] {
    guard let content, let space = fleet.spaces.first else { return [:] }
    return [space.id: content.manifest]
  }

  func observe() async throws(Failure) -> Observation {
    try await Refresher(hub: hub) { ReadmeParser.parse($0) }.observe(fleet: fleet, manifests: manifests, lock: lock)
  }

  func plan(_ observation: Observation) -> Plan {
    var changed: [SpaceID: Set<String>] = [:]
    for space in fleet.spaces {
      changed[space.id] = secrets.changed(since: lock.spaces[space.id]?.secrets ?? [:], key: lockKey)
    }
    return Planner.plan(
      PlanInput(
        fleet: fleet, manifests: manifests, lock: lock, observation: observation, options: options, endpoint: hub.endpoint,
        changedSecrets: changed))
  }

  /// Carries the plan out; when the caller is cancelled, what is under way is finished and the rest left.
  func apply(_ plan: Plan, _ observation: Observation) async -> Outcome {
    if let obstacle = Preflight.check(plan, fleet: fleet, identity: observation.identity ?? Identity(name: "")) {
      return Outcome(lock: lock, failure: ProviderError(obstacle.failure, path: obstacle.setting.map { .attribute($0) }))
    }
    let session = ChangeSession(base: lock)
    let stop = StopSignal()
    let request = ApplyRequest(
      plan: plan, fleet: fleet, manifests: manifests, observation: observation, lock: lock, hub: hub.until(stop),
      session: session,
      contents: OneContent(content, fleet.spaces.first),
      secrets: Dictionary(fleet.spaces.map { ($0.id, secrets.values) }) { first, _ in first },
      fingerprint: { SpaceSecrets.fingerprint($0, $1, key: lockKey) },
      clock: ApplyClock(
        now: { Timestamp(seconds: Date().timeIntervalSince1970) },
        sleep: { try? await Task.sleep(for: .milliseconds(Int($0 * 1000))) }),
      isInterrupted: { stop.reason != nil })
    let result = await stop.watch(limit: limit) { () async -> Result<ApplySummary, Failure> in
      do throws(Failure) { return .success(try await Applier(request).apply()) } catch { return .failure(error) }
    }
    switch result {
    case .failure(let failure): return Outcome(lock: lock, failure: ProviderError(failure, path: session.path))
    case .success(let summary):
      var outcome = Outcome(lock: summary.lock)
      if stop.reason != nil, !summary.failed.isEmpty, summary.lock.spaces.isEmpty {
        outcome.failure = Self.stopped(stop.reason)
      } else if let failed = summary.failed.first {
        outcome.failure = ProviderError(failed.failure, path: session.path)
      } else if summary.isInterrupted, !summary.notStarted.isEmpty {
        outcome.failure = Self.stopped(stop.reason)
      }
      return outcome
    }
  }

  private static func stopped(_ reason: StopSignal.Reason?) -> ProviderError {
    let goOn = "What was done is in the state; apply again to go on."
    return switch reason {
    case .timeout(let limit)?:
      ProviderError(
        "The time is over", detail: "It was not done within \(limit). \(goOn) `timeouts` gives it more time.",
        path: .attribute("timeouts"))
    default: ProviderError("Stopped", detail: "Terraform asked the provider to stop. \(goOn)")
    }
  }
}

/// The files of the one Space there is.
private struct OneContent: ContentProvider {
  private let content: PreparedContent?
  private let definition: SpaceDefinition?

  init(_ content: PreparedContent?, _ definition: SpaceDefinition?) {
    self.content = content
    self.definition = definition
  }

  func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] { try prepared(space).bytes(of: path) }
  func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] { try prepared(space).sample(of: path) }
  func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource { try prepared(space).byteSource(of: path) }

  func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme? {
    let content = try prepared(space)
    guard let definition, definition.source == nil, let card = definition.card, let live else { return content.manifest.readme }
    return ReadmeComposer.overlay(card: card, sdk: definition.sdk, on: live)
  }

  private func prepared(_ space: SpaceID) throws(Failure) -> PreparedContent {
    guard let content else { throw Failure(doing: "reading the files of \(space)", problem: "they were not prepared") }
    return content
  }
}
