import Diagnostics
import HubAPI
import SpaceModel

/// What whoami already shows to be impossible, found before the first write (DESIGN section 7, facts: hub-api section 7.1).
public enum Preflight {
  /// What stands in the way.
  public struct Obstacle: Sendable {
    public let failure: Failure
    /// The setting that asks for what the account may not have; nil where it is the account's rights.
    public let setting: String?
  }

  /// The first obstacle; nil when nothing speaks against the plan.
  /// - Parameters:
  ///   - plan: what is to be done.
  ///   - fleet: the Spaces as they are defined.
  ///   - identity: whose token it is.
  ///   - catalogue: the flavours and their prices.
  ///   - writesKeyless: Spaces are written to with tokens of their own, so that this one need only read.
  public static func check(
    _ plan: Plan, fleet: Fleet, identity: Identity, catalogue: HardwareCatalogue = .published, writesKeyless: Bool = false
  ) -> Obstacle? {
    if writesKeyless { return nil }
    let writing = plan.actionable.filter { $0.steps.contains { $0.calls > 0 } }
    guard !writing.isEmpty else { return nil }
    if identity.token == .read {
      return refusal(
        "the token of \(identity.name) is read-only", "set HF_TOKEN to a token with write access; reading is enough to plan")
    }
    let definitions = Dictionary(fleet.spaces.map { ($0.id, $0) }) { first, _ in first }
    for space in writing {
      let owner = space.address.owner
      if !Planner.mayCreate(in: owner, identity), identity.organisations.contains(where: { $0.name == owner }) {
        return refusal(
          "\(identity.name) may only read in \(owner)", "ask an administrator of \(owner) for the role `write`")
      }
      guard let definition = definitions[space.address] else { continue }
      if let obstacle = accountObstacle(space, definition, identity, catalogue) { return obstacle }
    }
    return nil
  }

  private static func accountObstacle(
    _ space: SpacePlan, _ definition: SpaceDefinition, _ identity: Identity, _ catalogue: HardwareCatalogue
  ) -> Obstacle? {
    let owner = definition.id.owner
    let organisation = identity.organisations.first { $0.name == owner }
    let hasPlan = organisation.map { $0.plan != nil } ?? (owner != identity.name || identity.isPro)
    if space.action == .create, definition.sdk != .static, definition.hardware != .zeroA10G, !hasPlan {
      return refusal(
        "\(definition.id) cannot be created: \(definition.sdk) Spaces need a paid plan, and \(owner) has none",
        "upgrade the account (https://huggingface.co/pricing), or use `sdk: static` or `hardware: zero-a10g`", setting: "sdk")
    }
    let asksForHardware = space.action == .create || space.changes.contains { $0.path == "hardware" }
    let pays = organisation?.canPay ?? (owner == identity.name ? identity.canPay : nil)
    if asksForHardware, let hardware = definition.hardware, catalogue[hardware]?.isPaid == true, pays == false {
      return refusal(
        "\(definition.id) asks for \(hardware), and \(owner) has no payment method",
        "add one at https://huggingface.co/settings/billing, or use free hardware", setting: "hardware")
    }
    return nil
  }

  private static func refusal(_ problem: String, _ help: String, setting: String? = nil) -> Obstacle {
    Obstacle(
      failure: Failure(doing: "checking what the account may do", problem: problem, help: help, status: .notAllowed),
      setting: setting)
  }
}
