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
