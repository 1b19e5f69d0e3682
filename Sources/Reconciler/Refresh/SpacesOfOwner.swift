import HubAPI
import SpaceModel

extension HubAPI {
  /// The Spaces of one owner, those of `wanted` among them: by list where the client can list, else one by one.
  ///
  /// One by one, a Space that is not there, or that no credential may see, is left out as a list leaves it out.
  func spaces(ownedBy owner: String, among wanted: some Sequence<SpaceID>) async throws(HubError) -> [SpaceInfo] {
    if listsSpaces { return try await spaces(ownedBy: owner) }
    let addresses = wanted.filter { $0.owner == owner }.sorted()
    let answers = await Refresher.inParallel(addresses) { address in
      await Refresher.attempt { () async throws(HubError) in try await space(address) }
    }
    var found: [SpaceInfo] = []
    for (_, answer) in answers {
      switch answer {
      case .success(let info): found.append(info)
      case .failure(let error): guard error.isNotFound || error.isAboutAccess else { throw error }
      }
    }
    return found
  }
}
