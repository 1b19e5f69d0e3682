import HubAPI
import SpaceModel

extension World {
  /// The world every `spaceform-hub` starts with (DESIGN section 9): five accounts, their tokens, no Spaces.
  public static func standard(seed: UInt64 = 1, assumptions: Assumptions = Assumptions()) -> World {
    var world = World(seed: seed, assumptions: assumptions)
    world.add(Account(name: "local", hubID: world.newHubID(), kind: .user, plan: .pro, canPay: true))
    world.add(Account(name: "free", hubID: world.newHubID(), kind: .user, plan: .free, canPay: false))
    world.add(Account(name: "other", hubID: world.newHubID(), kind: .user, plan: .pro, canPay: true))
    world.add(
      Account(
        name: "acme", hubID: world.newHubID(), kind: .org, plan: .enterprise, canPay: true, members: ["local": .admin],
        resourceGroups: [ResourceGroup(id: "66670e5163145ca562cb1988", name: "production")]))
    world.add(
      Account(
        name: "beta", hubID: world.newHubID(), kind: .org, plan: .team, canPay: true, members: ["local": .admin]))
    world.grant("hf_local", TokenGrant(account: "local", power: .write, name: "local"))
    world.grant("hf_readonly", TokenGrant(account: "local", power: .read, name: "readonly"))
    world.grant(
      "hf_scoped",
      TokenGrant(
        account: "local",
        power: .fineGrained([
          TokenScope(entity: .owner("acme"), permissions: [TokenScope.read, TokenScope.write]),
          TokenScope(entity: .owner("beta"), permissions: [TokenScope.read]),
        ]), name: "scoped"))
    world.grant("hf_free", TokenGrant(account: "free", power: .write, name: "free"))
    world.grant("hf_other", TokenGrant(account: "other", power: .write, name: "other"))
    return world
  }
}
