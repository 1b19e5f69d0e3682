import CtyCore
import ProviderKit
import SpaceModel
import State
import Testing

@testable import HuggingFaceProvider

/// What is planned for a Space, without a Hub.
@Suite("The plan of a Space")
struct SpacePlanningTests {
  private func plan(
    _ values: [String: CtyValue], prior: CtyValue = .null, memory: SpaceMemory? = nil
  ) throws -> ResourcePlan {
    let plan = try Configurations.plan(values, prior: prior, memory: memory)
    // Terraform's own rule: what is written is planned as it is written, or stays as it was.
    for attribute in SpaceSchema.schema.attributes where !attribute.isWriteOnly {
      let (now, written, before) = (plan.planned[attribute.name], values[attribute.name] ?? .null, prior[attribute.name])
      let isComputed = attribute.presence == .computed || attribute.presence == .optionalComputed
      let allowed = now == written || (!written.isNull && !before.isNull && now == before) || (written.isNull && isComputed)
      #expect(allowed, "\(attribute.name): planned \(now), written \(written)")
    }
    return plan
  }

  private func unknowns(_ plan: ResourcePlan) -> [String] {
    SpaceSchema.schema.attributes.map(\.name).filter { plan.planned[$0].isUnknown }.sorted()
  }

  private let record = SpaceMemory(address: Configurations.address, record: LockRecord(hubID: "1"))

  @Test("A new Space: defaults and the address are known")
  func creation() throws {
    let planned = try plan(["name": .string("chat")]).planned
    #expect(planned["id"] == .string("acme/chat"))
    #expect(planned["owner"] == .string("acme"))
    #expect(planned["sdk"] == .string("docker"))
    #expect(planned["hardware"] == .string("cpu-basic"))
    #expect(planned["visibility"] == .string("private"))
    #expect(planned["content_digest"] == .null)
    #expect(planned["secrets_updated_at"] == .null)
    #expect(planned["url"].isUnknown)
  }

  @Test("A static Space has no hardware; with an unknown sdk it is unknown")
  func hardware() throws {
    #expect(try plan(["name": .string("a"), "sdk": .string("static")]).planned["hardware"] == .null)
    #expect(try plan(["name": .string("a"), "sdk": .unknown]).planned["hardware"].isUnknown)
  }

  @Test("Nothing changed: the plan is the state, in whatever words the same is said")
  func nothing() throws {
    let volume: [String: CtyValue] = [
      "type": .string("model"), "source": .string("acme/m"), "mount": .string("/m"), "read_only": .null, "revision": .null,
      "path": .null,
    ]
    let prior = Configurations.state(["sleep_time": .string("1h"), "volumes": .sequence([.fields(volume)])])
    #expect(
      try plan(["name": .string("chat")], prior: Configurations.state(), memory: record).planned == Configurations.state())
    let written: [String: CtyValue] = [
      "name": .string("acme/chat"), "sleep_time": .string("60m"),
      "volumes": .sequence([.fields(volume.merging(["read_only": .bool(true)]) { $1 })]),
    ]
    #expect(try plan(written, prior: prior, memory: record).planned == prior)
  }

  @Test("What is not declared any more keeps its value, but for what was written key by key")
  func released() throws {
    let prior = Configurations.state([
      "visibility": .string("public"), "region": .string("eu"), "variables": .fields(["A": .string("1")]),
    ])
    let plan = try plan(["name": .string("chat")], prior: prior, memory: record)
    #expect(plan.planned["visibility"] == .string("public"))
    #expect(plan.planned["region"] == .string("eu"))
    #expect(plan.planned["variables"] == .null)
    #expect(plan.replacing.isEmpty)
  }

  @Test("A change of a setting leaves what it cannot change", arguments: ["visibility", "sleep_time", "resource_group"])
  func update(_ name: String) throws {
    let value = CtyValue.string(
      ["visibility": "public", "sleep_time": "1h", "resource_group": "66670e5163145ca562cb1988"][name] ?? "")
    let plan = try plan(["name": .string("chat"), name: value], prior: Configurations.state(), memory: record)
    #expect(unknowns(plan) == ["stage"])
  }

  @Test("Hardware changes what it runs on")
  func currentHardware() throws {
    let written: [String: CtyValue] = ["name": .string("chat"), "hardware": .string("t4-small")]
    #expect(
      unknowns(try plan(written, prior: Configurations.state(), memory: record)) == ["current_hardware", "stage"])
  }

  @Test("Another name moves the Space in place")
  func move() throws {
    let plan = try plan(["name": .string("talk")], prior: Configurations.state(), memory: record)
    #expect(plan.replacing.isEmpty)
    #expect(plan.planned["id"] == .string("acme/talk"))
    #expect(plan.planned["host"].isUnknown)
    #expect(!plan.planned["commit"].isUnknown)
  }

  @Test("Another region or template makes a new Space; one that was never known does not")
  func replacement() throws {
    let prior = Configurations.state(["region": .string("us"), "template": .string("a/b")])
    #expect(
      try plan(["name": .string("chat"), "region": .string("eu"), "template": .string("a/b")], prior: prior).replacing
        == [.attribute("region")])
    #expect(
      try plan(["name": .string("chat"), "template": .string("c/d")], prior: prior).replacing == [.attribute("template")])
    #expect(try plan(["name": .string("chat")], prior: prior).replacing.isEmpty)
    let first: [String: CtyValue] = ["name": .string("chat"), "region": .string("eu"), "template": .string("a/b")]
    #expect(try plan(first, prior: Configurations.state()).replacing.isEmpty)
  }

  @Test("A secret is written when it is new, gone, of another version, or was written elsewhere")
  func secrets() throws {
    var memory = record
    memory.record.secrets = ["K": RecordedSecret(updatedAt: Timestamp("2026-01-01T00:00:00.000Z"), version: 1)]
    let times = memory.secretTimes
    let prior = Configurations.state(["secrets_version": .int(1), "secrets_updated_at": times])
    let written: [String: CtyValue] = [
      "name": .string("chat"), "secrets": .fields(["K": .string("v")]), "secrets_version": .int(1),
    ]
    func isPlanned(_ more: [String: CtyValue], prior: CtyValue) throws -> Bool {
      try plan(written.merging(more) { $1 }, prior: prior, memory: memory).planned["secrets_updated_at"].isUnknown
    }
    #expect(try !isPlanned([:], prior: prior))
    #expect(try !isPlanned(["secrets": .unknown], prior: prior))
    #expect(try !isPlanned(["secrets": .fields(["K": .unknown])], prior: prior))
    #expect(try isPlanned(["secrets": .fields(["K": .string("v"), "L": .string("v")])], prior: prior))
    #expect(try isPlanned(["secrets": .null], prior: prior))
    #expect(try isPlanned(["secrets_version": .int(2)], prior: prior))
    var elsewhere = prior
    elsewhere["secrets_updated_at"] = .fields(["K": .string("2026-01-02T00:00:00.000Z")])
    #expect(try isPlanned([:], prior: elsewhere))
  }

  @Test("A commit that was not seen running is waited for, unless somebody has paused the Space")
  func verification() throws {
    var memory = record
    let written: [String: CtyValue] = [
      "name": .string("chat"), "card": .typed(.object([:]), .fields([:])),
      "wait": .fields(["until": .string("running"), "timeout": .null]),
    ]
    let digest = try #require(
      try DeclaredSpace(Configurations.config(written), address: ("acme", "chat"), checks: false).content()?.manifest.digest)
    let prior = Configurations.state([
      "content_digest": .string(digest), "card": .typed(.object([:]), .fields([:])),
      "wait": .fields(["until": .string("running"), "timeout": .null]),
    ])
    memory.record.content = RecordedContent(digest: digest, commit: "abc", live: "abc")
    #expect(try plan(written, prior: prior, memory: memory).planned == prior)
    memory.record.content?.live = nil
    #expect(unknowns(try plan(written, prior: prior, memory: memory)) == ["commit", "content_digest", "stage"])
    var paused = prior
    paused["stage"] = .string("PAUSED")
    #expect(try plan(written, prior: paused, memory: memory).planned == paused)
  }

  @Test("An sdk that nothing would write is refused, and kept when it is not said")
  func sdk() throws {
    let prior = Configurations.state(["sdk": .string("gradio")])
    #expect(throws: ProviderError.self) { try plan(["name": .string("chat"), "sdk": .string("docker")], prior: prior) }
    #expect(try plan(["name": .string("chat")], prior: prior, memory: record).planned == prior)
  }

  @Test("Without an owner anywhere there is no plan")
  func owner() throws {
    let config = Configurations.config(["name": .string("chat")])
    var plan = ResourcePlan(SpaceSchema.schema, prior: .null, proposed: config, config: config)
    #expect(throws: ProviderError.self) { try Space().refine(&plan, HubAccess(pending: "endpoint", owner: nil)) }
  }

  @Test("The schema is one that Terraform takes")
  func schema() { #expect(SpaceSchema.schema.mistakes == []) }
}
