import HubAPI
import SpaceModel

extension SpaceID {
  /// `/api/spaces/owner/name`.
  var apiPath: String { "/api/spaces/\(description)" }
}

extension HubClient {
  /// Facts hub-api section 2.7.
  public func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] {
    var query = [(name: "author", value: owner), (name: "limit", value: String(configuration.pageSize))]
    query += SpaceInfo.expansion.map { (name: "expand", value: $0) }
    let found = try await pages(.get("/api/spaces", query: query), of: SpaceInfo.self, expected: "a list of Spaces")
    // A Space that changes while the pages are read can be on two of them; the later page is the newer one.
    var places: [SpaceID: Int] = [:]
    places.reserveCapacity(found.count)
    var spaces: [SpaceInfo] = []
    spaces.reserveCapacity(found.count)
    for space in found {
      if let place = places[space.address] {
        spaces[place] = space
      } else {
        places[space.address] = spaces.count
        spaces.append(space)
      }
    }
    return spaces
  }

  /// Facts hub-api section 2.6. The answer's address differs from `id` when the Space has moved.
  public func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo {
    var call = HubCall.get(id.apiPath, of: id)
    call.acceptsOtherSpace = true
    return try decode(SpaceInfo.self, from: try await perform(call), call, expected: "a Space")
  }

  public func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    let call = HubCall.get(id.apiPath + "/runtime", of: id)
    return try decode(SpaceRuntime.self, from: try await perform(call), call, expected: "a runtime")
  }
}
