import CtyCore
import PluginHost
import SwiftProtobuf
import TFProtocol
import Testing

@testable import ProviderKit

/// What a resource remembers beside its state.
@Suite("Private data")
struct MemoryTests {
  /// Counts in its private data how often it was made, changed and read; a change to "half" breaks after it was counted.
  struct Counter: Resource {
    typealias Client = Int

    var schema: Schema { Schema("", [Attribute("name", .string, .required, "")]) }

    func refine(_ plan: inout ResourcePlan, _ client: Int) throws {
      plan.warnings.append(.warning("planned after \(plan.privateData.count)"))
      if plan.config["name"] == .string("never") { throw ProviderError("This cannot be planned", path: .attribute("name")) }
    }
    func read(_ state: StoredState, _ client: Int) async throws -> StoredState? {
      StoredState(state.value, privateData: state.privateData + [3], warnings: [.warning("read")])
    }
    func create(_ plan: CtyValue, config: CtyValue, _ client: Int) async throws -> StoredState {
      StoredState(plan, privateData: [1])
    }
    func update(_ prior: StoredState, to plan: CtyValue, config: CtyValue, _ client: Int) async throws -> StoredState {
      let made = StoredState(plan, privateData: prior.privateData + [2])
      if plan["name"] == .string("half") { throw ProviderError("It broke halfway", state: made) }
      if plan["name"] == .string("none") { throw ProviderError("It broke at once") }
      return made
    }
    func delete(_ prior: StoredState, _ client: Int) async throws {
      if prior.privateData.isEmpty { throw ProviderError("Nothing is remembered") }
    }
    func importState(_ id: String) throws -> CtyValue { .fields(["name": .string(id)]) }
  }

  struct Counters: Provider {
    var schema: Schema { Schema("", []) }
    var resources: [String: any Resource<Int>] { ["counter": Counter()] }
    var dataSources: [String: any DataSource<Int>] { [:] }
    func configure(_ config: CtyValue, terraformVersion: String) async throws -> Int { 0 }
  }

  let server = ProviderServer(Counters(), log: PluginLog(environment: [:]))
  let type = Counter().schema.type

  func call<Request: Message, Response: Message>(_ name: String, _ request: Request) async throws -> Response {
    let _: [UInt8] = try await answer("ConfigureProvider", Tfplugin6_ConfigureProvider.Request().serializedBytes())
    return try Response(serializedBytes: await answer(name, request.serializedBytes()))
  }

  private func answer(_ name: String, _ request: [UInt8]) async throws -> [UInt8] {
    guard case .unary(let answer)? = server.methods["/tfplugin6.Provider/\(name)"] else { throw GRPCStatus.unimplemented(name) }
    return try await answer(request)
  }

  func apply(_ prior: String?, to name: String?, _ remembered: [UInt8]) async throws -> Tfplugin6_ApplyResourceChange.Response {
    func value(_ name: String?) throws -> Tfplugin6_DynamicValue {
      try (name.map { CtyValue.fields(["name": .string($0)]) } ?? .null).message(as: type)
    }
    let (before, after) = (try value(prior), try value(name))
    return try await call(
      "ApplyResourceChange",
      Tfplugin6_ApplyResourceChange.Request.with {
        $0.typeName = "counter"
        $0.priorState = before
        $0.plannedState = after
        $0.config = after
        $0.plannedPrivate = .init(remembered)
      })
  }

  @Test("A creation begins it, and an update goes on from it")
  func changes() async throws {
    #expect(try await Array(apply(nil, to: "a", []).private) == [1])
    #expect(try await Array(apply("a", to: "b", [1]).private) == [1, 2])
  }

  @Test("What broke halfway has what it remembered last, what broke at once what it had before")
  func failures() async throws {
    #expect(try await Array(apply("a", to: "half", [1]).private) == [1, 2])
    let answer = try await apply("a", to: "none", [1])
    #expect(Array(answer.private) == [1])
    #expect(try CtyValue(answer.newState, as: type)["name"] == .string("a"))
  }

  @Test("A deletion is given it")
  func deletion() async throws {
    #expect(try await apply("a", to: nil, [1]).diagnostics.isEmpty)
  }

  @Test("Reading may change it, and may warn")
  func reading() async throws {
    let state = try CtyValue.fields(["name": .string("a")]).message(as: type)
    let answer: Tfplugin6_ReadResource.Response = try await call(
      "ReadResource",
      Tfplugin6_ReadResource.Request.with {
        $0.typeName = "counter"
        $0.currentState = state
        $0.private = .init([1])
      })
    #expect(Array(answer.private) == [1, 3])
    #expect(answer.diagnostics.map(\.summary) == ["read"])
  }

  @Test("A plan sees it and carries it on; it may warn, and it may refuse")
  func planning() async throws {
    func plan(_ name: String) async throws -> Tfplugin6_PlanResourceChange.Response {
      let state = try CtyValue.fields(["name": .string(name)]).message(as: type)
      return try await call(
        "PlanResourceChange",
        Tfplugin6_PlanResourceChange.Request.with {
          $0.typeName = "counter"
          $0.priorState = state
          $0.proposedNewState = state
          $0.config = state
          $0.priorPrivate = .init([1, 3])
        })
    }
    let answer = try await plan("a")
    #expect(Array(answer.plannedPrivate) == [1, 3])
    #expect(answer.diagnostics.map(\.summary) == ["planned after 2"])
    #expect(try await plan("never").diagnostics.map(\.summary) == ["This cannot be planned"])
  }
}
