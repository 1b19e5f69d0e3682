import HubAPI
import SpaceModel

extension World {
  /// Seconds a token of a login is good for.
  public static let loginTokenLife = 2_592_000

  /// Renews the token of a login. The simulated Hub gives `hf_refresh_ACCOUNT` to every account, and after each use one that begins
  /// so and is longer; it does not take the old ones back.
  public mutating func renew(refreshToken: String, at now: Timestamp) -> (token: String, refreshToken: String)? {
    let parts = refreshToken.split(separator: "_")
    guard parts.count >= 3, parts[0] == "hf", parts[1] == "refresh", let account = accounts[String(parts[2])] else {
      return nil
    }
    let token = "hf_oauth_" + ids.hex(40)
    grant(
      token,
      TokenGrant(
        account: account.name, power: .write, name: "login",
        expires: now.advanced(bySeconds: Double(World.loginTokenLife))))
    return (token, "hf_refresh_\(account.name)_\(ids.hex(8))")
  }

  /// Seconds an exchanged token is good for (facts hub-api section 1.5).
  public static let exchangedTokenLife = 3600

  /// Trades an identity token for a token that writes to one Space. The simulated Hub trusts every publisher for every Space
  /// that exists; what it checks is that the identity token has the form of one and that the Space is there.
  public mutating func exchange(identityToken: String, resource: String, at now: Timestamp) -> String? {
    let parts = identityToken.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }), resource.hasPrefix("spaces/"),
      let hubID = addresses[String(resource.dropFirst(7))], let owner = spaces[hubID]?.address.owner
    else { return nil }
    let token = "hf_jwt_" + ids.hex(40)
    tokens = tokens.filter { $0.value.expires.map { now < $0 } ?? true }
    grant(
      token,
      TokenGrant(
        account: owner, power: .oneSpace(hubID: hubID), name: "exchanged",
        expires: now.advanced(bySeconds: Double(World.exchangedTokenLife))))
    return token
  }
}
