import Foundation
import HubServer
import SpaceModel
import Testing

@Suite struct StateFolderTests {
  private func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("spaceform-hub-\(UUID().uuidString)").path
  }

  @Test func aRestartContinuesWhereTheLastRunEnded() async throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let options = HubOptions(port: 0, stateFolder: path)
    try await RunningHub.with(options) { hub in
      try await hub.create("chat", ",\"secrets\":[{\"key\":\"S\",\"value\":\"canary-value\"}]")
      _ = await hub.commit("chat", "a.txt", "kept")
    }
    try await RunningHub.with(options) { hub in
      #expect(await hub.send("GET", "/spaces/acme/chat/resolve/main/a.txt")?.text == "kept")
      #expect(await hub.send("GET", "/api/spaces/acme/chat/secrets")?.json["S"] != nil)
    }
    let files = try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
    #expect(files.contains("state.json"))
    for file in files {
      let bytes = FileManager.default.contents(atPath: "\(path)/\(file)") ?? Data()
      #expect(!String(decoding: bytes, as: UTF8.self).contains("canary-value"), "\(file) holds a secret's value")
    }
  }

  @Test func likesRequestsTagsAndDeletionsOutliveTheProcess() async throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let options = HubOptions(port: 0, stateFolder: path)
    // The SHA-256 of "large".
    let oid = "d35c416a85b807e9b5384915d6ebb4a9f7352713efd89857b45a242f473728a9"
    let object = "\(path)/objects/\(oid)"
    try await RunningHub.with(options) { hub in
      try await hub.create("chat")
      let batch = try #require(
        await hub.send(
          "POST", "/spaces/acme/chat.git/info/lfs/objects/batch",
          "{\"operation\":\"upload\",\"objects\":[{\"oid\":\"\(oid)\",\"size\":5}]}"))
      let href = batch.json["objects"]?.arrayValue?.first?["actions"]?["upload"]?["href"]?.stringValue ?? ""
      let target = String(href.dropFirst("http://127.0.0.1:\(hub.port)".count))
      #expect(await hub.send("PUT", target, "large", token: nil)?.status == 200)
      let lines =
        "{\"key\":\"header\",\"value\":{\"summary\":\"large\"}}\n"
        + "{\"key\":\"lfsFile\",\"value\":{\"path\":\"a.bin\",\"algo\":\"sha256\",\"oid\":\"\(oid)\",\"size\":5}}\n"
      let commit = await hub.send("POST", "/api/spaces/acme/chat/commit/main", lines, type: "application/x-ndjson")
      #expect(commit?.status == 200)
      #expect(await hub.send("GET", "/spaces/acme/chat/resolve/main/a.bin")?.text == "large")
      #expect(FileManager.default.fileExists(atPath: object))
      for (path, body) in [
        ("/api/spaces/acme/chat/lfs-files/batch", "{\"deletions\":{\"sha\":[\"\(oid)\"],\"rewriteHistory\":false}}"),
        ("/api/spaces/acme/chat/tag/main", "{\"tag\":\"v1\",\"message\":\"The first\"}"),
        ("/_hub/like", "{\"space\":\"acme/chat\",\"user\":\"other\"}"),
      ] {
        #expect(await hub.send("POST", path, body)?.status == 200, "\(path)")
      }
      #expect(await hub.send("PUT", "/api/spaces/acme/chat/settings", "{\"gated\":\"manual\"}")?.status == 200)
      let asked = await hub.send("POST", "/_hub/access-request", "{\"space\":\"acme/chat\",\"user\":\"other\"}")
      #expect(asked?.json["status"] == "pending")
    }
    #expect(!FileManager.default.fileExists(atPath: object))
    try await RunningHub.with(options) { hub in
      let missing = await hub.send("GET", "/spaces/acme/chat/resolve/main/a.bin")
      #expect(missing?.status == 404)
      #expect(missing?.headers["x-error-code"] == "EntryNotFound")
      #expect(await hub.send("GET", "/api/spaces/acme/chat/lfs-files")?.json == [])
      #expect(await hub.send("GET", "/api/spaces/acme/chat/likers")?.json.arrayValue?.first?["user"] == "other")
      let pending = await hub.send("GET", "/api/spaces/acme/chat/user-access-request/pending")
      #expect(pending?.json.arrayValue?.first?["user"]?["user"] == "other")
      let state = await hub.send("GET", "/_hub/state")?.json
      #expect(state?["spaces"]?["acme/chat"]?["tagMessages"]?["v1"] == "The first")
    }
  }

  @Test func twoHubsDoNotShareAFolder() async throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await RunningHub.with(HubOptions(port: 0, stateFolder: path)) { _ in
      #expect(throws: ServeFailure.self) { try LocalHub(HubOptions(port: 0, stateFolder: path)) }
    }
  }

  @Test func aStateOfAnotherFormatIsRefusedInWords() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("{\"version\":99}".utf8).write(to: URL(fileURLWithPath: "\(path)/state.json"))
    let error = #expect(throws: ServeFailure.self) { try LocalHub(HubOptions(port: 0, stateFolder: path)) }
    #expect(error?.problem.contains("99") == true)
    try Data("<<<<<<<".utf8).write(to: URL(fileURLWithPath: "\(path)/state.json"))
    #expect(throws: ServeFailure.self) { try LocalHub(HubOptions(port: 0, stateFolder: path)) }
  }

  @Test func theRequestLogHasOneLineACallAndNoSecrets() async throws {
    let path = folder() + ".ndjson"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await RunningHub.with(HubOptions(port: 0, requestLog: path)) { hub in
      try await hub.create("chat", ",\"secrets\":[{\"key\":\"S\",\"value\":\"canary-value\"}]")
      _ = await hub.send("GET", "/api/spaces?author=acme", token: "hf_readonly")
    }
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    let lines = try text.split(separator: "\n").map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    #expect(lines.map { $0["path"]?.stringValue } == ["/api/repos/create", "/api/spaces"])
    #expect(lines.last?["query"] == "author=acme")
    #expect(lines.last?["account"] == "local")
    #expect(lines.first?["status"] == 200)
    #expect(!text.contains("canary-value"))
    #expect(!text.contains("hf_"))
  }

  @Test func aPortInUseIsSaidInWords() async throws {
    try await RunningHub.with { hub in
      let second = try LocalHub(HubOptions(port: hub.port))
      let error = await #expect(throws: ServeFailure.self) {
        try await second.serve(handleSignals: false, ready: { _ in }, complain: { _ in })
      }
      #expect(error?.problem == "port \(hub.port) is in use")
    }
  }
}
