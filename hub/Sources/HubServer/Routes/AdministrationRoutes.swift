import HubSimulator
import SpaceModel

extension Routes {
  /// What only the local Hub has, for tests and rehearsals: no token, no quota, no faults.
  static let administration: [Route] = [
    Route(
      "GET", "/_hub/state", "_state", writes: false,
      .quick { call, core in
        var spaces: [String: JSONValue] = [:]
        // `space=owner/name`, any number of times, asks for these alone.
        let named = call.all("space").compactMap(SpaceID.init).compactMap { core.world.hubID(of: $0) }
        for hubID in call.item("space") == nil ? Array(core.world.spaces.keys) : named {
          guard let space = core.world.settled(hubID, at: call.now) else { continue }
          spaces[space.address.description] = [
            "id": .string(hubID), "stage": .string(space.life.stage.rawValue),
            "visibility": .string(space.visibility.rawValue),
            "sha": space.repository.head.map(JSONValue.string) ?? .null,
            "deployed": space.life.deployed.map(JSONValue.string) ?? .null,
            "commits": .int(space.repository.commits.count), "files": .int(space.files.count),
            "variables": .object(space.variables.mapValues { .string($0.value) }),
            "volumes": .int(space.volumes.count),
            "tags": .object(space.repository.tags.mapValues { .string($0) }),
            "tagMessages": .object(space.repository.messages.mapValues { .string($0) }),
            "hardware": space.life.requested.map { .string($0.rawValue) } ?? .null,
            "secrets": .object(space.secrets.mapValues { .string($0.sha256) }),
          ]
        }
        return .json([
          "now": .string(call.now.description), "requests": .int(Int(core.requests)), "spaces": .object(spaces),
          "effects": .object(core.effects.mapValues(JSONValue.int)),
          "largeObjects": .object(core.world.largeObjects.mapValues(JSONValue.int)),
          "accounts": .array(core.world.accounts.keys.sorted().map(JSONValue.string)),
        ])
      }),
    Route(
      "POST", "/_hub/commit", "_commit",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let id = try administered(body)
        var commit = PreparedCommit(title: body["summary"]?.stringValue ?? "A change from elsewhere")
        for (path, content) in (body["files"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
          guard let text = content.stringValue else {
            commit.operations.append(.deleteEntry(path))
            continue
          }
          commit.add(file: path, bytes: Array(text.utf8))
        }
        let author = body["author"]?.stringValue ?? "someone"
        let oid = try core.world.commitFromElsewhere(commit, to: id, author: author, at: call.now)
        return .json(["commitOid": .string(oid)])
      }),
    Route(
      "POST", "/_hub/stage", "_stage",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let stage = body["stage"]?.stringValue else { throw .rejected("\"stage\" is required") }
        try core.world.force(
          Stage(rawValue: stage), error: body["errorMessage"]?.stringValue, on: try administered(body), at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/_hub/faults", "_faults", writes: false,
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let seed = body["seed"]?.intValue.flatMap { UInt64(exactly: $0) } ?? core.faults.seed
        do {
          core.faults = try FaultPlan(body["faults"]?.stringValue ?? "", seed: seed)
        } catch {
          throw .rejected("\(error)")
        }
        core.played = []
        return .json([:])
      }),
    Route(
      "GET", "/_hub/faults", "_faults", writes: false,
      .quick { _, core in
        .json([
          "faults": .string(core.faults.text), "seed": .int(Int(truncatingIfNeeded: core.faults.seed)),
          "played": .array(core.played.map(\.json)),
        ])
      }),
    Route(
      "POST", "/_hub/visit", "_visit",
      .quick { call, core throws(Refusal) in
        try core.world.visit(try administered(try call.json()), at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/_hub/spend-limit", "_spend-limit",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let account = body["account"]?.stringValue else { throw .rejected("\"account\" is required") }
        let paused = try core.world.setSpendLimit(
          reached: body["reached"]?.boolValue ?? true, of: account, group: body["resourceGroupId"]?.stringValue, at: call.now)
        return .json(["paused": .array(paused.map { .string($0.description) })])
      }),
    Route("POST", "/_hub/token", "_token", .quick(grant)),
    Route(
      "POST", "/_hub/assume", "_assume", writes: false,
      .quick { call, core throws(Refusal) in
        var assumptions = core.world.assumptions
        for (name, value) in try call.json().objectValue ?? [:] {
          do {
            try assumptions.set("\(name)=\(value.stringValue ?? value.canonicalText)")
          } catch {
            throw .rejected("\(error)")
          }
        }
        core.world.assume(assumptions)
        core.fragments = FragmentCache()
        return .json([:])
      }),
    Route(
      "POST", "/_hub/quota", "_quota", writes: false,
      .quick { call, core throws(Refusal) in
        guard let account = try call.json()["account"]?.stringValue else { throw .rejected("\"account\" is required") }
        let caller = Caller(grant: TokenGrant(account: account, power: .write, name: ""))
        core.ledger.exhaust(
          account, plan: core.world.plan(of: caller), override: core.world.assumptions.number("api-quota"),
          at: WorldClock.wall)
        return .json([:])
      }),
    Route(
      "POST", "/_hub/populate", "_populate",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let owner = body["owner"]?.stringValue, let count = body["count"]?.intValue, count > 0 else {
          throw .rejected("\"owner\" and \"count\" are required")
        }
        let prefix = body["prefix"]?.stringValue ?? "space"
        let sdk = SDK(rawValue: body["sdk"]?.stringValue ?? "docker")
        for number in 1...count {
          let digits = String(number)
          let name = "\(prefix)-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits)"
          guard let id = SpaceID(owner: owner, name: name) else { throw .rejected("\(name) is no name") }
          var request = Creation(id: id, sdk: sdk)
          request.visibility = .private
          if sdk != .static { request.files = [("Dockerfile", Array("FROM scratch\n".utf8))] }
          try core.world.populate(request, at: call.now)
        }
        return .json(["created": .int(count)])
      }),
  ]

  /// A token for an account: `read`, `write`, or `fineGrained` with scopes of owners and Spaces.
  private static func grant(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let body = try call.json()
    guard let token = body["token"]?.stringValue, token.hasPrefix("hf_"), let account = body["account"]?.stringValue,
      core.world.accounts[account] != nil
    else { throw .rejected("\"token\", which begins with hf_, and \"account\", which exists, are required") }
    let power: TokenGrant.Power
    switch body["role"]?.stringValue {
    case "read": power = .read
    case "write": power = .write
    case "fineGrained":
      var scopes: [TokenScope] = []
      for scope in body["scoped"]?.arrayValue ?? [] {
        let permissions = Set((scope["permissions"]?.arrayValue ?? []).compactMap(\.stringValue))
        if let owner = scope["owner"]?.stringValue {
          scopes.append(TokenScope(entity: .owner(owner), permissions: permissions))
        } else if let id = scope["space"]?.stringValue.flatMap(SpaceID.init), let hubID = core.world.hubID(of: id) {
          scopes.append(TokenScope(entity: .space(hubID: hubID), permissions: permissions))
        } else {
          throw .rejected("each of \"scoped\" names an \"owner\" or a \"space\" that exists")
        }
      }
      power = .fineGrained(scopes)
    default: throw .rejected("\"role\" must be one of [read, write, fineGrained]")
    }
    core.world.grant(token, TokenGrant(account: account, power: power, name: body["name"]?.stringValue ?? "granted"))
    return .json([:])
  }

  /// The Space that the body of a call names.
  static func administered(_ body: JSONValue) throws(Refusal) -> SpaceID {
    guard let id = body["space"]?.stringValue.flatMap(SpaceID.init) else {
      throw .rejected("\"space\" must be owner/name")
    }
    return id
  }
}
