import CtyCore
import PluginHost
import SwiftProtobuf
import TFProtocol
import Testing

@testable import ProviderKit

/// A provider through its gRPC methods.
@Suite("The provider's methods")
struct ServerTests {
  /// Keeps what was made; creating "half" fails after the object exists, "wait" waits until it is cancelled.
  actor Store {
    private(set) var objects: [String: CtyValue] = [:]
    func put(_ name: String, _ value: CtyValue?) { objects[name] = value }
  }

  struct Thing: PlainResource {
    typealias Client = Store

    var schema: Schema {
      Schema(
        version: 1, "",
        [
          Attribute("name", .string, .required, "").validated { $0.stringValue == "bad" ? "this name is bad" : nil },
          Attribute("id", .string, .computed, ""), Attribute("key", .string, .optional, "").writeOnly(),
        ])
    }
    func read(_ state: CtyValue, _ store: Store) async throws -> CtyValue? {
      await store.objects[state["name"].stringValue ?? ""]
    }
    func create(_ plan: CtyValue, config: CtyValue, _ store: Store) async throws -> CtyValue {
      let name = plan["name"].stringValue ?? ""
      if name == "wait" { try await Task.sleep(for: .seconds(60)) }
      var made = plan
      made["id"] = .string("id of \(name)")
      // On purpose: the kit keeps it out of the state.
      made["key"] = config["key"]
      await store.put(name, made)
      if name == "half" { throw ProviderError("It broke halfway", state: StoredState(made)) }
      return made
    }
    func update(_ prior: CtyValue, to plan: CtyValue, config: CtyValue, _ store: Store) async throws -> CtyValue {
      throw ProviderError("No updates")
    }
    func delete(_ prior: CtyValue, _ store: Store) async throws { await store.put(prior["name"].stringValue ?? "", nil) }
    func importState(_ id: String) throws -> CtyValue { .fields(["name": .string(id)]) }
    func upgrade(_ state: JSONValue, from version: Int) throws -> CtyValue { .fields(["name": .string("upgraded")]) }
    func move(_ state: ForeignState) throws -> CtyValue {
      .fields([
        "name": .string([state.provider, state.type, "\(state.version)", state.text("label") ?? ""].joined(separator: " "))
      ])
    }
  }

  struct Things: Provider {
    var schema: Schema { Schema("", []) }
    var resources: [String: any Resource<Store>] { ["thing": Thing()] }
    var dataSources: [String: any DataSource<Store>] { [:] }
    var functions: [String: ProviderFunction] {
      ["echo": ProviderFunction("", description: "", parameters: [.init("value", .dynamic, "")], result: .dynamic) { $0[0] }]
    }
    func configure(_ config: CtyValue, terraformVersion: String) async throws -> Store { Store() }
  }

  let server = ProviderServer(Things(), log: PluginLog(environment: [:]))
  let type = Thing().schema.type

  func call<Request: Message, Response: Message>(_ name: String, _ request: Request) async throws -> Response {
    guard case .unary(let answer)? = server.methods["/tfplugin6.Provider/\(name)"] else { throw GRPCStatus.unimplemented(name) }
    return try Response(serializedBytes: await answer(request.serializedBytes()))
  }

  func thing(_ name: String, id: CtyValue = .null, key: CtyValue = .null) throws -> Tfplugin6_DynamicValue {
    try CtyValue.fields(["name": .string(name), "id": id, "key": key]).message(as: type)
  }

  func configure() async throws {
    let _: Tfplugin6_ConfigureProvider.Response = try await call(
      "ConfigureProvider", Tfplugin6_ConfigureProvider.Request.with { $0.terraformVersion = "1.11.4" })
  }

  func create(_ name: String) async throws -> Tfplugin6_ApplyResourceChange.Response {
    let planned = try thing(name, id: .unknown)
    let config = try thing(name, key: .string("canary"))
    return try await call(
      "ApplyResourceChange",
      Tfplugin6_ApplyResourceChange.Request.with {
        $0.typeName = "thing"
        $0.plannedState = planned
        $0.config = config
      })
  }

  @Test("An object is made; what is write-only is not in the answer")
  func creation() async throws {
    try await configure()
    let answer = try await create("a")
    let state = try CtyValue(answer.newState, as: type)
    #expect(answer.diagnostics.isEmpty)
    #expect(state["id"] == .string("id of a"))
    #expect(
      TerraformRules.problems(
        ofResult: state, planned: try CtyValue(thing("a", id: .unknown), as: type), schema: Thing().schema) == [])
    #expect(!String(decoding: answer.newState.msgpack, as: UTF8.self).contains("canary"))
  }

  @Test("What broke halfway is saved")
  func halfway() async throws {
    try await configure()
    let answer = try await create("half")
    #expect(answer.diagnostics.map(\.summary) == ["It broke halfway"])
    #expect(try CtyValue(answer.newState, as: type)["id"] == .string("id of half"))
  }

  @Test("StopProvider cancels what is under way")
  func stop() async throws {
    try await configure()
    async let answer = create("wait")
    try await Task.sleep(for: .milliseconds(200))
    let _: Tfplugin6_StopProvider.Response = try await call("StopProvider", Tfplugin6_StopProvider.Request())
    #expect(try await answer.diagnostics.map(\.summary) == ["Cancelled"])
    #expect(try await CtyValue(answer.newState, as: type) == .null)
  }

  @Test("Before it is configured the provider says so, with a diagnostic")
  func unconfigured() async throws {
    #expect(try await create("a").diagnostics.map(\.summary) == ["The provider is not configured"])
  }

  @Test("An invalid value is reported at its attribute")
  func validation() async throws {
    let config = try thing("bad")
    let answer: Tfplugin6_ValidateResourceConfig.Response = try await call(
      "ValidateResourceConfig",
      Tfplugin6_ValidateResourceConfig.Request.with {
        $0.typeName = "thing"
        $0.config = config
      })
    #expect(answer.diagnostics.map(\.detail) == ["this name is bad"])
    #expect(answer.diagnostics.first?.attribute.steps.first?.attributeName == "name")
  }

  @Test("State of an older version is upgraded, of this version read as it is")
  func upgrade() async throws {
    for (version, name) in [(0, "upgraded"), (1, "kept")] {
      let answer: Tfplugin6_UpgradeResourceState.Response = try await call(
        "UpgradeResourceState",
        Tfplugin6_UpgradeResourceState.Request.with {
          $0.typeName = "thing"
          $0.version = Int64(version)
          $0.rawState = .with { $0.json = .init(#"{"name":"kept","id":"1"}"#.utf8) }
        })
      #expect(try CtyValue(answer.upgradedState, as: type)["name"] == .string(name))
    }
  }

  @Test("What is moved here from another type is asked of the resource; that it can be is said")
  func move() async throws {
    let answer: Tfplugin6_MoveResourceState.Response = try await call(
      "MoveResourceState",
      Tfplugin6_MoveResourceState.Request.with {
        $0.sourceProviderAddress = "registry.terraform.io/acme/hub"
        $0.sourceTypeName = "hub_thing"
        $0.sourceSchemaVersion = 3
        $0.sourceState = .with { $0.json = .init(#"{"label":"x","size":12345678901234567890}"#.utf8) }
        $0.targetTypeName = "thing"
      })
    #expect(answer.diagnostics.isEmpty)
    let moved = try CtyValue(answer.targetState, as: type)
    #expect(moved == .fields(["name": .string("registry.terraform.io/acme/hub hub_thing 3 x"), "id": .null, "key": .null]))
    let schema: Tfplugin6_GetProviderSchema.Response = try await call(
      "GetProviderSchema", Tfplugin6_GetProviderSchema.Request())
    #expect(schema.serverCapabilities.moveResourceState)
  }

  @Test("A function gives back any value")
  func echo() async throws {
    let value = CtyValue.typed(.list(.number), .sequence([.int(1), .null]))
    let argument = try value.message(as: .dynamic)
    let answer: Tfplugin6_CallFunction.Response = try await call(
      "CallFunction",
      Tfplugin6_CallFunction.Request.with {
        $0.name = "echo"
        $0.arguments = [argument]
      })
    #expect(try CtyValue(answer.result, as: .dynamic) == value)
  }
}
