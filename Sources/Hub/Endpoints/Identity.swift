import HubAPI

/// `whoami-v2` as the wire has it (facts hub-api section 1.4).
private struct WireIdentity: Decodable {
  struct Organisation: Decodable {
    var name: String
    var roleInOrg: String?
    var plan: String?
    var canPay: Bool?
  }
  struct Auth: Decodable {
    struct AccessToken: Decodable { var role: String? }
    var type: String?
    var accessToken: AccessToken?
  }
  var name: String
  var isPro: Bool?
  var canPay: Bool?
  var orgs: [Organisation]?
  var auth: Auth?

  var token: Identity.TokenKind {
    switch auth?.accessToken?.role {
    case "read": .read
    case "write", "god": .write
    case "fineGrained": .fineGrained
    case let role: .other(role ?? auth?.type ?? "unknown")
    }
  }
}

extension HubClient {
  public func whoami() async throws(HubError) -> Identity {
    let call = HubCall.get(HubCall.identityPath)
    let wire = try decode(WireIdentity.self, from: try await perform(call), call, expected: "an account")
    return Identity(
      name: wire.name, isPro: wire.isPro ?? false, canPay: wire.canPay,
      organisations: (wire.orgs ?? []).map {
        Identity.Organisation(name: $0.name, role: $0.roleInOrg, plan: $0.plan, canPay: $0.canPay)
      },
      token: wire.token)
  }
}

extension HubCall {
  static let identityPath = "/api/whoami-v2"
}
