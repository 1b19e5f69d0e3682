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

  public init(
    adopt: Set<SpaceID> = [], allowDestroy: Bool = false, maximumDestroys: Int = 1, overwriteForeign: Bool = false,
    rewriteSecrets: [String] = []
  ) {
    self.adopt = adopt
    self.allowDestroy = allowDestroy
    self.maximumDestroys = maximumDestroys
    self.overwriteForeign = overwriteForeign
    self.rewriteSecrets = rewriteSecrets
  }

  func rewrites(_ key: String, of space: SpaceID) -> Bool {
    rewriteSecrets.contains { Wildcard.matches(key, $0) || Wildcard.matches("\(space).\(key)", $0) }
  }
}

/// `*` for any run of characters, everything else for itself.
enum Wildcard {
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let text = Array(text.utf8)
    let pattern = Array(pattern.utf8)
    var textIndex = 0
    var patternIndex = 0
    var starIndex: Int?
    var resume = 0
    while textIndex < text.count {
      if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
        starIndex = patternIndex
        resume = textIndex
        patternIndex += 1
      } else if patternIndex < pattern.count, pattern[patternIndex] == text[textIndex] {
        textIndex += 1
        patternIndex += 1
      } else if let star = starIndex {
        resume += 1
        textIndex = resume
        patternIndex = star + 1
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// Everything a plan is made from.
public struct PlanInput: Sendable {
  public var fleet: Fleet
  public var manifests: [SpaceID: ContentManifest]
  public var lock: Lock?
  public var observation: Observation
  public var catalogue: HardwareCatalogue
  public var options: PlanOptions
  /// The Hub's address, for `.page` references and the lock's name of the Hub.
  public var endpoint: String
  /// Secrets whose value was at hand and differs from the recorded fingerprint.
  public var changedSecrets: [SpaceID: Set<String>]

  public init(
    fleet: Fleet, manifests: [SpaceID: ContentManifest], lock: Lock?, observation: Observation,
    catalogue: HardwareCatalogue = .published, options: PlanOptions = PlanOptions(), endpoint: String,
    changedSecrets: [SpaceID: Set<String>] = [:]
  ) {
    self.fleet = fleet
    self.manifests = manifests
    self.lock = lock
    self.observation = observation
    self.catalogue = catalogue
    self.options = options
    self.endpoint = endpoint
    self.changedSecrets = changedSecrets
  }
}
