import CtyCore
import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@testable import HuggingFaceProvider

/// What the Hub shows, as values.
@Suite("The Hub's answers as values")
struct SpaceValuesTests {
  private func values(_ change: (inout ObservedSpace, inout LockRecord) -> Void = { _, _ in }) -> SpaceValues {
    var info = SpaceInfo(hubID: "1", address: Configurations.address)
    info.sdk = .docker
    info.sha = "abc"
    info.runtime = SpaceRuntime(stage: .running, hardware: .init(current: "t4-small", requested: "t4-small"))
    var (observed, record) = (ObservedSpace(info: info), LockRecord(hubID: "1"))
    change(&observed, &record)
    return SpaceValues(observed: observed, record: record, endpoint: "http://hub")
  }

  @Test("The host comes from the answer, else from the subdomain")
  func host() {
    #expect(
      values { observed, _ in observed.info.host = "https://acme-chat.hf.space" }.url == .string("https://acme-chat.hf.space"))
    #expect(values { observed, _ in observed.info.subdomain = "acme-chat" }.host == .string("acme-chat.hf.space"))
    #expect(
      values { observed, _ in
        observed.info.subdomain = "acme-chat"
        observed.info.sdk = .static
      }.host == .string("acme-chat.static.hf.space"))
    #expect(values().url == .null)
  }

  @Test("A sleep time keeps its words while it is the same, and is not looked at on free hardware")
  func sleepTime() {
    let hour = values { observed, _ in observed.info.runtime?.gcTimeout = 3600 }
    #expect(hour.setting("sleep_time", over: .string("60m")) == .string("60m"))
    #expect(hour.setting("sleep_time", over: .string("2h")) == .string("1h"))
    let free = values { observed, _ in
      observed.info.runtime?.gcTimeout = 172_800
      observed.info.runtime?.hardware.requested = .cpuBasic
    }
    #expect(free.setting("sleep_time", over: .null) == .null)
  }

  @Test("A list shows only whether a Space is private")
  func visibility() {
    let open = values { observed, _ in observed.info.isPrivate = false }
    #expect(open.setting("visibility", over: .string("private")) == .string("public"))
    #expect(open.setting("visibility", over: .string("protected")) == .string("protected"))
    let shown = values { observed, _ in observed.info.visibility = .protected }
    #expect(shown.setting("visibility", over: .string("private")) == .string("protected"))
  }

  @Test(
    "What the Hub does not show stays as it is", arguments: ["region", "replicas", "dev_mode", "resource_group", "visibility"])
  func unseen(_ name: String) { #expect(values().setting(name, over: .string("x")) == .string("x")) }

  @Test("Only our own variables are there: changed ones as they are, those that are gone left out, a null one null")
  func variables() {
    let values = values { observed, _ in
      observed.variables = .value(["A": LiveVariable(value: "2", description: "note"), "THEIRS": LiveVariable(value: "x")])
    }
    let ours = CtyValue.fields(["A": .string("1"), "GONE": .string("1"), "NONE": .null])
    #expect(values.variables(over: ours) == .fields(["A": .string("2"), "NONE": .null]))
    #expect(values.variables(over: .null) == .null)
    #expect(values.descriptions(over: .fields(["A": .string("old"), "GONE": .string("x")])) == .fields(["A": .string("note")]))
    #expect(values.allVariables == .fields(["A": .string("2"), "THEIRS": .string("x")]))
  }

  @Test("The digest counts while the head is ours")
  func digest() {
    let content = RecordedContent(digest: "sha256:1", commit: "abc")
    #expect(values { _, record in record.content = content }.contentDigest == .string("sha256:1"))
    #expect(
      values { observed, record in
        record.content = content
        observed.info.sha = "theirs"
      }.contentDigest == .null)
  }

  @Test("Times of secrets are those of ours that are there")
  func secrets() {
    let moment = Timestamp("2026-01-01T00:00:00.000Z")
    let values = values { observed, record in
      record.secrets = ["K": RecordedSecret(updatedAt: nil), "GONE": RecordedSecret(updatedAt: moment)]
      observed.secrets = .value(["K": LiveSecret(updatedAt: moment), "THEIRS": LiveSecret(updatedAt: moment)])
    }
    #expect(values.secretTimes == .fields(["K": .string("2026-01-01T00:00:00.000Z")]))
  }

  @Test("What is remembered reads back")
  func memory() throws {
    var record = LockRecord(hubID: "1")
    record.settings = ["hardware": "t4-small"]
    record.variables = ["A": RecordedVariable(value: "1", note: "n")]
    record.secrets = ["K": RecordedSecret(updatedAt: nil, version: 2, fingerprint: "a:b:c")]
    record.content = RecordedContent(digest: "sha256:1", commit: "abc", live: "abc")
    let bytes = SpaceMemory(address: Configurations.address, record: record).bytes(endpoint: "http://hub")
    let read = try #require(SpaceMemory(bytes))
    #expect(read.record == record)
    #expect(read.address == SpaceID("acme/chat"))
    #expect(SpaceMemory([]) == nil)
    #expect(SpaceMemory(Array("{}".utf8)) == nil)
  }

  @Test("A new value is noticed by its fingerprint, with the key it was made with")
  func fingerprints() throws {
    let key = try LockKey(String(repeating: "k", count: 32))
    let other = try LockKey(String(repeating: "o", count: 32))
    let mark = SpaceSecrets.fingerprint("K", Secret("v"), key: key)
    let recorded = ["K": RecordedSecret(updatedAt: nil, fingerprint: mark), "L": RecordedSecret(updatedAt: nil)]
    func changed(_ value: String, _ key: LockKey?) -> Set<String> {
      SpaceSecrets(.fields(["K": .string(value), "L": .string("x")])).changed(since: recorded, key: key)
    }
    #expect(changed("v", key) == [])
    #expect(changed("w", key) == ["K"])
    #expect(changed("w", other) == [])
    #expect(changed("w", nil) == [])
  }
}
