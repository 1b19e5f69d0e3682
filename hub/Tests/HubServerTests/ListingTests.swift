import HubServer
import SpaceModel
import Testing

/// Lists by what Spaces use, by likes and in pages.
@Suite struct ListingTests {
  @Test func listsAreByModelByDataSetAndByLikes() async throws {
    try await RunningHub.with { hub in
      for name in ["one", "two"] { try await hub.create(name) }
      let card = "---\\ntitle: Two\\nsdk: docker\\nmodels: [acme/weights]\\n---\\n"
      #expect(await hub.commit("two", "README.md", card)?.status == 200)
      func names(_ query: String) async -> [String] {
        let list = await hub.send("GET", "/api/spaces?author=acme&\(query)")?.json.arrayValue ?? []
        return list.compactMap { $0["id"]?.stringValue }
      }
      #expect(await names("models=acme/weights") == ["acme/two"])
      #expect(await names("datasets=acme/weights").isEmpty)
      #expect(await names("linked=true") == ["acme/two"])
      #expect(await hub.send("POST", "/_hub/like", "{\"space\":\"acme/two\",\"user\":\"other\"}")?.status == 200)
      #expect(await names("sort=likes") == ["acme/two", "acme/one"])
      #expect(await names("sort=likes&direction=1") == ["acme/one", "acme/two"])
    }
  }

  @Test func anOwnersRepositoriesComeInPages() async throws {
    try await RunningHub.with { hub in
      for name in ["one", "three", "two"] { try await hub.create(name) }
      #expect(await hub.send("POST", "/_hub/assume", "{\"list-limit\":\"2\"}")?.status == 200)
      let path = "/api/organizations/acme/settings/repositories"
      let first = try #require(await hub.send("GET", path))
      #expect(first.json.arrayValue?.count == 2)
      let link = try #require(first.headers["link"])
      let next = try #require(link.split(separator: "?").last?.split(separator: ">").first)
      let second = try #require(await hub.send("GET", "\(path)?\(next)"))
      #expect(second.json.arrayValue?.compactMap { $0["id"]?.stringValue } == ["acme/two"])
      #expect(second.headers["link"] == nil)
    }
  }

  @Test func branchesBeginEmptyWhenAskedAndPullRequestsAreRefused() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      let made = await hub.send("POST", "/api/spaces/acme/chat/branch/bare", "{\"emptyBranch\":true}")
      #expect(made?.status == 200)
      #expect(await hub.send("GET", "/api/spaces/acme/chat/tree/bare")?.json == [])
      #expect(await hub.send("GET", "/api/spaces/acme/chat/commits/bare")?.json.arrayValue?.count == 1)
      let body = "{\"key\":\"header\",\"value\":{\"summary\":\"change\"}}\n"
      let refused = await hub.send(
        "POST", "/api/spaces/acme/chat/commit/main?create_pr=1", body, type: "application/x-ndjson")
      #expect(refused?.status == 400)
      #expect(refused?.text.contains("pull requests") == true)
    }
  }
}
