import ArgumentParser
import Content
import Definitions
import Diagnostics
import Git
import Hub
import HubAPI
import Reconciler
import SpaceModel
import State

/// What a person may allow a plan to do, on plan and apply alike.
struct PlanFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Take over this existing Space that is not in the lock (repeatable).", valueName: "owner/name"),
    completion: .space)
  var adopt: [String] = []

  @Flag(help: "Delete Spaces that are no longer defined without a `removed:` entry.")
  var allowDestroy = false

  @Option(help: ArgumentHelp("Refuse a plan that deletes more Spaces than this.", valueName: "n"))
  var maxDestroy = 1

  @Flag(help: "Discard commits on Spaces that are not ours.")
  var overwriteForeign = false

  @Option(
    help: ArgumentHelp("Write these secrets again: KEY or owner/name.KEY, `*` for any text (repeatable).", valueName: "glob"))
  var rewriteSecrets: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only these Spaces and what they depend on: an address or a name, `*` for any text (repeatable).", valueName: "space"),
    completion: .space)
  var target: [String] = []

  @Option(
    help: ArgumentHelp("Leave out these Spaces and what depends on them (repeatable).", valueName: "space"),
    completion: .space)
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Use the definitions and files of this git revision, not the work tree's.", valueName: "rev"))
  var revision: String?

  @Flag(help: "Read the hardware prices from the Hub instead of the built-in table.")
  var livePrices = false

  @Flag(help: "Show what changes inside files of text; reads each from the Hub.")
  var diff = false

  func validate() throws {
    for text in adopt where SpaceID(text) == nil { throw ValidationError("--adopt takes owner/name, not '\(text)'.") }
    if maxDestroy < 0 { throw ValidationError("--max-destroy takes a number from 0 on.") }
  }

  var options: PlanOptions {
    PlanOptions(
      adopt: Set(adopt.compactMap(SpaceID.init)), allowDestroy: allowDestroy, maximumDestroys: maxDestroy,
      overwriteForeign: overwriteForeign, rewriteSecrets: rewriteSecrets,
      selection: SpaceSelection(targets: target, excludes: exclude))
  }
}

/// Makes plans: refresh and comparison, for every command that needs one.
struct Planning: Sendable {
  let project: Project
  let hub: HubClient
  let secrets: SecretValues
  let flags: PlanOptions
  let usesLivePrices: Bool
  /// Whether files are to be compared line by line, to be shown.
  var comparesFiles = false
  var refresh: Refresh = .bulk
  /// A plan that the new one is to be held against.
  var saved: SavedPlan?
  /// Says something that is not a result.
  var note: @Sendable (String) -> Void = { _ in }

  struct Result: Sendable {
    let plan: Plan
    let observation: Observation
    let catalogue: HardwareCatalogue
  }

  func make(lock: Lock?) async throws(Failure) -> Result {
    try HubAccess.check(lock, file: project.folder.lockName, endpoint: hub.endpoint, project: project.fleet.project.name)
    let manifests = project.contents.manifests
    let chosen: Set<SpaceID>?
    if let saved {
      chosen = saved.chosen(in: project.fleet, lock)
    } else {
      chosen = try flags.selection.addresses(in: project.fleet, lock)
    }
    let (fleet, records) = (project.fleet.only(chosen), lock?.only(chosen, of: project.fleet))
    noteReads(fleet, records)
    let refresher = Refresher(hub: hub) { ReadmeParser.parse($0) }
    let observation = try await refresher.observe(fleet: fleet, manifests: manifests, lock: records, refresh: refresh)
    let catalogue: HardwareCatalogue
    if usesLivePrices {
      do throws(HubError) { catalogue = try await hub.hardware() } catch {
        throw error.failure(doing: "reading the Hub's prices")
      }
    } else {
      catalogue = .published
    }
    var plan = Planner.plan(
      PlanInput(
        fleet: project.fleet, manifests: manifests, lock: lock, observation: observation, catalogue: catalogue,
        options: flags, endpoint: hub.endpoint, changedSecrets: secrets.changed(in: fleet, lock: lock), chosen: chosen))
    if comparesFiles {
      plan = try await FileComparison(hub: hub, contents: project.contents, compare: Self.difference).compared(
        plan, observation)
    }
    return Result(plan: plan, observation: observation, catalogue: catalogue)
  }

  /// Line by line, with secrets masked on both sides before anything is compared.
  private static func difference(_ old: [UInt8], _ new: [UInt8]) -> FileDifference {
    let (shownOld, shownNew) = (SecretMask.masked(old), SecretMask.masked(new))
    if shownOld == shownNew { return .omitted(old == new ? "the same text" : "only what is masked differs") }
    return switch UnifiedDiff.between(shownOld, and: shownNew) {
    case .hunks(let text): .hunks(text)
    case .binary: .omitted("binary")
    case nil: .omitted("it cannot be compared")
    }
  }

  /// Says what reading without a token of one's own costs.
  private func noteReads(_ fleet: Fleet, _ lock: Lock?) {
    guard !hub.listsSpaces else { return }
    let addresses = Set(fleet.spaces.map(\.id)).union((lock?.spaces ?? [:]).keys)
    let owners = Set(addresses.map(\.owner)).count
    note(
      "SPACEFORM_OIDC without HF_TOKEN reads Space by Space: \(addresses.count) calls and as many exchanges instead of \(owners) \(owners == 1 ? "list" : "lists"); a read-only HF_TOKEN saves them."
    )
  }
}
