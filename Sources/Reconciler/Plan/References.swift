import HubAPI
import SpaceModel

/// What other Spaces answer when a variable asks for their url, host, page or id.
struct References: Sendable {
  private let endpoint: String
  private var hosts: [SpaceID: String]
  private let kinds: [SpaceID: SDK]
  /// Spaces that exist and whose host was not shown: of a Space not yet born it is predicted, of these it is unknown.
  private var unshown: Set<SpaceID> = []

  init(fleet: Fleet, observation: Observation, endpoint: String) {
    self.endpoint = endpoint
    kinds = Dictionary(fleet.spaces.map { ($0.id, $0.sdk) }) { first, _ in first }
    hosts = [:]
    for (address, observed) in observation.spaces { learn(address, from: observed.info) }
    unshown = Set(observation.spaces.keys).subtracting(hosts.keys)
  }

  /// Takes the host the Hub gives a Space; it replaces the prediction.
  mutating func learn(_ address: SpaceID, from info: SpaceInfo) {
    if let host = info.host, let name = host.split(separator: "/").last {
      hosts[address] = String(name)
    } else if let subdomain = info.subdomain {
      hosts[address] = subdomain + suffix(of: address, sdk: info.sdk)
    }
  }

  /// The value as it would be written, and whether a part of it is a prediction.
  func render(_ template: ValueTemplate) -> (value: String, isPredicted: Bool) {
    var isPredicted = false
    let value = template.rendered { address, attribute in
      if hosts[address] == nil, attribute == .url || attribute == .host { isPredicted = true }
      let host = hosts[address] ?? address.predictedSubdomain + suffix(of: address, sdk: nil)
      return switch attribute {
      case .url: "https://\(host)"
      case .host: host
      case .page: "\(endpoint)/spaces/\(address)"
      case .id: address.description
      }
    }
    return (value, isPredicted)
  }

  /// Whether the value may stand for this text: hosts that are not known may be any.
  func fits(_ text: String, _ template: ValueTemplate) -> Bool {
    var pattern: [UInt8?] = []
    for part in template.parts {
      switch part {
      case .reference(let address, let attribute) where unshown.contains(address) && (attribute == .url || attribute == .host):
        if attribute == .url { pattern += Array("https://".utf8) }
        pattern.append(nil)
      default: pattern += Array(render(ValueTemplate(parts: [part])).value.utf8)
      }
    }
    return PatternMatch.matches(pattern, Array(text.utf8), isAny: { $0 == nil }, matches: ==)
  }

  // Static Spaces answer at their own domain (facts: hub-api section 2.6).
  private func suffix(of address: SpaceID, sdk: SDK?) -> String {
    (sdk ?? kinds[address]) == .static ? ".static.hf.space" : ".hf.space"
  }
}
