import SpaceModel

/// What one call is made with.
enum CallCredential: Hashable, Sendable {
  case none
  /// The token of the environment or the token file.
  case standing
  /// `SPACEFORM_BOOTSTRAP_TOKEN`.
  case bootstrap
  /// The token that this job's identity was traded for.
  case exchanged(SpaceID)
}

extension HubConfiguration {
  /// The credentials for a call, the one to begin with first; the others are for what it is refused (DESIGN section 8).
  ///
  /// Without keyless access the standing token does everything but what the bootstrap token is there for. With it, the standing
  /// token reads, and each Space is written to with a token of its own, which can neither make Spaces nor list them.
  func credentials(for call: HubCall) -> [CallCredential] {
    let standing: [CallCredential] = token == nil ? [] : [.standing]
    let bootstrap: [CallCredential] = bootstrapToken == nil ? [] : [.bootstrap]
    if call.isAboutAddresses { return bootstrap.isEmpty ? standing : bootstrap }
    guard identityTokens != nil else { return standing }
    if call.method == .get, !standing.isEmpty { return standing }
    // Who is making Spaces is worth knowing before it is tried; lists are not what that token is for.
    if call.path == HubCall.identityPath { return standing.isEmpty ? bootstrap : standing }
    guard let space = call.space else { return standing }
    return [.exchanged(space)] + bootstrap
  }
}
