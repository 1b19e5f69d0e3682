import SpaceModel
import State

/// What the person who plans has allowed beyond the ordinary.
public struct PlanOptions: Sendable, Hashable {
  /// Spaces that exist on the Hub without being in the lock, and may be taken over.
  public var adopt: Set<SpaceID>
  /// Deletes Spaces that are no longer defined without a `removed:` entry.
  public var allowDestroy: Bool
  /// More destroys than this refuse the plan.
  public var maximumDestroys: Int
  /// Discards commits on the Space that are not ours.
  public var overwriteForeign: Bool
  /// Secrets to write again, by `KEY` or `owner/name.KEY`, with `*` for any run of characters.
  public var rewriteSecrets: [String]
  /// What part of the project the plan is about.
  public var selection: SpaceSelection

  public init(
    adopt: Set<SpaceID> = [], allowDestroy: Bool = false, maximumDestroys: Int = 1, overwriteForeign: Bool = false,
    rewriteSecrets: [String] = [], selection: SpaceSelection = SpaceSelection()
  ) {
    self.adopt = adopt
    self.allowDestroy = allowDestroy
    self.maximumDestroys = maximumDestroys
    self.overwriteForeign = overwriteForeign
    self.rewriteSecrets = rewriteSecrets
    self.selection = selection
  }

  func rewrites(_ key: String, of space: SpaceID) -> Bool {
    rewriteSecrets.contains { PatternMatch.matches($0, key) || PatternMatch.matches($0, "\(space).\(key)") }
  }
}

/// Everything a plan is made from.
public struct PlanInput: Sendable {
  public var fleet: Fleet
  public var manifests: [SpaceID: ContentManifest]
  /// Why there is no manifest for a Space that should have one; only where nothing is to be applied.
  public var unreadContents: [SpaceID: String] = [:]
  public var lock: Lock?
  public var observation: Observation
  public var catalogue: HardwareCatalogue
  public var options: PlanOptions
  /// The Hub's address, for `.page` references and the lock's name of the Hub.
  public var endpoint: String
  /// Secrets whose value was at hand and differs from the recorded fingerprint.
  public var changedSecrets: [SpaceID: Set<String>]
  /// The Spaces it is about, of those defined and recorded; nil for all. Nothing is said of the others.
  public var chosen: Set<SpaceID>?

  public init(
    fleet: Fleet, manifests: [SpaceID: ContentManifest], lock: Lock?, observation: Observation,
    catalogue: HardwareCatalogue = .published, options: PlanOptions = PlanOptions(), endpoint: String,
    changedSecrets: [SpaceID: Set<String>] = [:], chosen: Set<SpaceID>? = nil
  ) {
    self.fleet = fleet
    self.manifests = manifests
    self.lock = lock
    self.observation = observation
    self.catalogue = catalogue
    self.options = options
    self.endpoint = endpoint
    self.changedSecrets = changedSecrets
    self.chosen = chosen
  }

  func isChosen(_ address: SpaceID) -> Bool { chosen?.contains(address) ?? true }
}
