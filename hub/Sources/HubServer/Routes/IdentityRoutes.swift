import Foundation
import HubAPI
import HubSimulator
import SpaceModel

extension Routes {
  /// Who is asking, and what they may do (facts hub-api sections 1.4, 1.5 and 5.4).
  static let identity: [Route] = [
    Route(
      "GET", "/api/whoami-v2", "whoami",
      .quick { call, core throws(Refusal) in
        guard let grant = call.caller.grant, let account = core.world.accounts[grant.account] else { throw .noToken }
        return .json(whoami(account, grant, core.world))
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/auth-check", "auth-check",
      .quick { call, core throws(Refusal) in
        _ = try core.world.locate(try call.space(), for: call.caller, .files)
        return .json([:])
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/auth-check/write", "auth-check",
      .quick { call, core throws(Refusal) in
        _ = try core.world.locate(try call.space(), for: call.caller, .content)
        return .json([:])
      }),
    Route(
      "POST", "/api/validate-yaml", "validate-yaml", writes: false,
      .quick { call, _ throws(Refusal) in
        guard let content = try call.json()["content"]?.stringValue else { throw .rejected("\"content\" is required") }
        let card = Card(readme: Array(content.utf8))
        func messages(_ texts: [String]) -> JSONValue { .array(texts.map { ["message": .string($0)] }) }
        return .json(
          ["errors": messages(card.errors), "warnings": messages(card.warnings)], status: card.errors.isEmpty ? 200 : 400)
      }),
    Route(
      "POST", "/oauth/token", "token-exchange",
      .quick { call, core throws(Refusal) in
        let fields: [String: String]
        if call.headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded") == true {
          let items = Form.items(String(decoding: call.body, as: UTF8.self))
          fields = Dictionary(items.map { ($0.name, $0.value) }) { first, _ in first }
        } else {
          fields = (try call.json().objectValue ?? [:]).compactMapValues(\.stringValue)
        }
        if fields["grant_type"] == "refresh_token" {
          guard let renewed = core.world.renew(refreshToken: fields["refresh_token"] ?? "", at: call.now) else {
            return .json(
              ["error": "invalid_grant", "error_description": "The refresh token has expired or was revoked"], status: 400)
          }
          return .json([
            "access_token": .string(renewed.token), "refresh_token": .string(renewed.refreshToken), "token_type": "bearer",
            "expires_in": .int(World.loginTokenLife),
          ])
        }
        guard fields["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange",
          fields["subject_token_type"] == "urn:ietf:params:oauth:token-type:id_token",
          let identity = fields["subject_token"], let resource = fields["resource"]
        else {
          return .json(
            ["error": "invalid_request", "error_description": "grant_type, subject_token_type, subject_token, resource"],
            status: 400)
        }
        guard let token = core.world.exchange(identityToken: identity, resource: resource, at: call.now) else {
          return .json(
            ["error": "invalid_grant", "error_description": "No trusted publisher matches this token and resource"],
            status: 400)
        }
        return .json([
          "access_token": .string(token), "token_type": "bearer", "expires_in": .int(World.exchangedTokenLife),
          "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        ])
      }),
  ]

  private static func whoami(_ account: Account, _ grant: TokenGrant, _ world: World) -> JSONValue {
    let organisations = world.accounts.values.filter { $0.members[account.name] != nil }.sorted { $0.name < $1.name }
    var auth: [String: JSONValue] = ["type": "access_token"]
    switch grant.power {
    case .read, .write:
      auth["accessToken"] = [
        "displayName": .string(grant.name), "role": grant.power == .read ? "read" : "write",
        "createdAt": "2026-01-01T00:00:00.000Z",
      ]
    case .fineGrained(let scopes):
      auth["accessToken"] = [
        "displayName": .string(grant.name), "role": "fineGrained", "createdAt": "2026-01-01T00:00:00.000Z",
        "fineGrained": [
          "canReadGatedRepos": false, "global": .array([]), "scoped": .array(scopes.map { scope($0, world) }),
        ],
      ]
    case .oneSpace(let hubID):
      auth["type"] = "oauth"
      auth["expiresAt"] = grant.expires.map { .string($0.description) } ?? .null
      auth["resource"] = ["sub": .string("spaces/\(world.spaces[hubID]?.address.description ?? "")")]
    }
    return [
      "type": .string(account.kind.rawValue), "id": .string(account.hubID), "name": .string(account.name),
      "fullname": .string(account.name), "email": .string("\(account.name)@example.org"), "emailVerified": true,
      "isPro": .bool(account.plan == .pro), "canPay": .bool(account.canPay), "avatarUrl": "", "periodEnd": .null,
      "orgs": .array(organisations.map { organisation($0, member: account.name) }), "auth": .object(auth),
    ]
  }

  private static func scope(_ scope: TokenScope, _ world: World) -> JSONValue {
    let entity: JSONValue =
      switch scope.entity {
      case .owner(let name):
        [
          "_id": .string(world.accounts[name]?.hubID ?? ""),
          "type": .string(world.accounts[name]?.kind == .org ? "org" : "user"), "name": .string(name),
        ]
      case .space(let hubID):
        [
          "_id": .string(hubID), "type": "space",
          "name": .string(world.spaces[hubID]?.address.description ?? ""),
        ]
      }
    return ["entity": entity, "permissions": .array(scope.permissions.sorted().map(JSONValue.string))]
  }

  private static func organisation(_ account: Account, member: String) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": "org", "id": .string(account.hubID), "name": .string(account.name), "fullname": .string(account.name),
      "canPay": .bool(account.canPay), "spendLimitReached": .bool(account.isSpendLimitReached),
      "isEnterprise": .bool(account.plan == .enterprise), "avatarUrl": "",
      "roleInOrg": account.members[member].map { .string($0.rawValue) } ?? .null,
      "resourceGroups": .array(
        account.resourceGroups.map { ["id": .string($0.id), "name": .string($0.name ?? ""), "role": "admin"] }),
    ]
    if account.plan == .team || account.plan == .enterprise { members["plan"] = .string(account.plan.rawValue) }
    return .object(members)
  }
}
