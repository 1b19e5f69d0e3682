import Content
import CtyCore
import Diagnostics
import ProviderKit
import SpaceModel
import State

/// The plan of one Space, from its configuration, its state and what is remembered of it; the Hub is not asked.
struct SpacePlanning {
  private let schema = SpaceSchema.schema
  private let prior: CtyValue
  private let config: CtyValue
  private let memory: SpaceMemory?
  private let address: SpaceID?
  private let declared: DeclaredSpace?
  private let access: HubAccess

  init(_ plan: ResourcePlan, _ access: HubAccess) throws(ProviderError) {
    (prior, config, self.access) = (plan.prior, plan.config, access)
    memory = plan.isCreation ? nil : SpaceMemory(plan.privateData)
    address = try SpaceAddress.known(config, defaultOwner: access.owner)
    let parts = SpaceAddress.parts(config, defaultOwner: access.owner)
    do throws(Failure) {
      declared = try DeclaredSpace(
        config, prior: prior, address: (parts.owner ?? "owner", parts.name ?? "name"), checks: false)
    } catch {
      throw ProviderError(error, path: .attribute("source"))
    }
  }

  func plan(_ plan: inout ResourcePlan) throws(ProviderError) {
    var planned = plan.planned
    settle(&planned)
    plan.replacing = replacing(planned)
    let isNew = plan.isCreation || !plan.replacing.isEmpty
    try checkSDK(planned, isNew: isNew)
    for attribute in schema.attributes where attribute.presence == .computed { planned[attribute.name] = prior[attribute.name] }
    if isNew {
      forgetAll(&planned)
    } else {
      try forgetChanged(&planned)
    }
    plan.planned = planned
  }

  // MARK: What is set

  /// Fills in what the configuration leaves open and is known all the same; keeps the state's words where they mean the same.
  private func settle(_ planned: inout CtyValue) {
    let unknowns = SpaceUnknowns(config)
    if config["owner"].isNull { planned["owner"] = address.map { .string($0.owner) } ?? .unknown }
    if let address, prior["id"] == .string(address.description), !prior["name"].isNull { planned["name"] = prior["name"] }
    if config["sdk"].isNull {
      planned["sdk"] =
        unknowns.hidesFiles && !config["source"].isNull
        ? .unknown : .string((declared?.definition?.sdk ?? .docker).rawValue)
    }
    if config["hardware"].isNull {
      let sdk = planned["sdk"]
      planned["hardware"] =
        sdk.isUnknown ? .unknown : sdk == .string(SDK.static.rawValue) ? .null : .string(Flavour.cpuBasic.rawValue)
    }
    if prior.isNull {
      if config["visibility"].isNull { planned["visibility"] = .string(Visibility.private.rawValue) }
      if config["variable_descriptions"].isNull { planned["variable_descriptions"] = .null }
      return
    }
    for name in ["sleep_time", "volumes"] where Self.meansTheSame(name, prior[name], config[name]) {
      planned[name] = prior[name]
    }
  }

  private static func meansTheSame(_ name: String, _ state: CtyValue, _ written: CtyValue) -> Bool {
    if name == "sleep_time" {
      guard let state = state.stringValue, let written = written.stringValue else { return false }
      return SleepTime(state).map { $0 == SleepTime(written) } ?? false
    }
    guard let state = state.elements, let written = written.elements, written.allSatisfy(\.isWhollyKnown) else { return false }
    return SpaceValues.same(written, state.compactMap(SpaceValues.volume))
  }

  private var managesContent: Bool { !config["source"].isNull || !config["card"].isNull }

  /// A value that was never known is no other one: what was imported is not made anew for what the Hub does not show.
  private func replacing(_ planned: CtyValue) -> [CtyPath] {
    ["region", "template"].filter { name in
      !prior[name].isNull && !planned[name].isNull && planned[name] != prior[name]
    }.map { .attribute($0) }
  }

  /// The sdk is what the README says, so that it changes with the README or not at all.
  private func checkSDK(_ planned: CtyValue, isNew: Bool) throws(ProviderError) {
    guard !isNew, !managesContent, let now = prior["sdk"].stringValue, let wanted = planned["sdk"].stringValue, now != wanted
    else { return }
    throw ProviderError(
      "The sdk of a Space is what its README says",
      detail:
        "It is \(now), and nothing here writes the README. Declare `card` (`{}` will do) or `source` to have it changed to \(wanted), or set `sdk` to \(now).",
      path: .attribute("sdk"))
  }

  // MARK: What follows from it

  private func forgetAll(_ planned: inout CtyValue) {
    for attribute in schema.attributes where attribute.presence == .computed { planned[attribute.name] = .unknown }
    for attribute in schema.attributes where attribute.presence == .optionalComputed && config[attribute.name].isNull {
      if ["owner", "sdk", "hardware", "visibility", "variable_descriptions"].contains(attribute.name) { continue }
      planned[attribute.name] = .unknown
    }
    place(&planned)
    if !managesContent { planned["content_digest"] = .null }
    if config["secrets"].isNull { planned["secrets_updated_at"] = .null }
  }

  /// Where the Space will be, as far as that is known before it is there.
  private func place(_ planned: inout CtyValue) {
    guard let address else { return }
    planned["id"] = .string(address.description)
    if let endpoint = access.endpoint { planned["page"] = .string("\(endpoint)/spaces/\(address)") }
  }

  /// What may be another after this update. Nothing is forgotten when nothing is to be done.
  private func forgetChanged(_ planned: inout CtyValue) throws(ProviderError) {
    let moves = address.map { prior["id"] != .string($0.description) } ?? true
    let content = try contentChanges
    let secrets = secretsChange
    let changesValues = schema.attributes.contains {
      $0.presence != .computed && !$0.isWriteOnly && planned[$0.name] != prior[$0.name]
    }
    guard changesValues || moves || content || secrets || isUnverified else { return }
    planned["stage"] = .unknown
    if moves {
      for name in ["id", "page", "host", "url"] { planned[name] = .unknown }
      place(&planned)
    }
    if planned["hardware"] != prior["hardware"] { planned["current_hardware"] = .unknown }
    // Ephemeral values may be others when the plan is applied, and what was said of them has to hold.
    if secrets || !config["secrets"].isNull { planned["secrets_updated_at"] = .unknown }
    // Files may change until they are written, and a plan that is saved is to hold all the same.
    if managesContent || !prior["content_digest"].isNull {
      planned["content_digest"] = managesContent ? .unknown : .null
      planned["commit"] = .unknown
    }
  }

  private var contentChanges: Bool {
    get throws(ProviderError) {
      guard managesContent else { return !prior["content_digest"].isNull }
      guard !SpaceUnknowns(config).hidesFiles, address != nil else { return true }
      do throws(Failure) {
        guard let digest = try declared?.content()?.manifest.digest else { return true }
        return prior["content_digest"] != .string(digest)
      } catch {
        throw ProviderError(error, path: .attribute(config["source"].isNull ? "card" : "source"))
      }
    }
  }

  /// Whether a secret is to be written or deleted. Unknown values cannot be compared; unknown names count as a change.
  private var secretsChange: Bool {
    let written = config["secrets"]
    if written.isUnknown { return false }
    let recorded = memory?.record.secrets ?? [:]
    let declared = (written.attributes ?? [:]).filter { !$0.value.isNull }
    if Set(declared.keys) != Set(recorded.keys) { return true }
    if SpaceMemory.secretTimes(recorded.mapValues(\.updatedAt)) != prior["secrets_updated_at"] { return true }
    return !SpaceSecrets(written).changed(since: recorded, key: access.lockKey).isEmpty
  }

  /// Our last commit was not yet seen running. A Space that somebody has paused is not waited for.
  private var isUnverified: Bool {
    guard managesContent, prior["stage"] != .string(Stage.paused.rawValue), let content = memory?.record.content,
      let wait = declared?.definition?.wait
    else { return false }
    return wait.condition == .running && content.live != content.commit
  }
}
