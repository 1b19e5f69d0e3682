import CtyCore
import PluginHost
import TFProtocol

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ProviderServer {
  var resourceMethods: [String: GRPCMethod] {
    [
      "ValidateResourceConfig": .unary { (request: Tfplugin6_ValidateResourceConfig.Request) in
        let found = diagnostics {
          let resource = try resource(request.typeName)
          let problems = try resource.schema.problems(in: request.config, resource.validate)
          guard !request.clientCapabilities.writeOnlyAttributesAllowed else { return problems }
          let config = try CtyValue(request.config, as: resource.schema.type)
          return problems
            + resource.schema.attributes.filter { $0.isWriteOnly && !config[$0.name].isNull }.map {
              .error(
                "\($0.name) needs Terraform 1.11", detail: "It is write-only, which older versions do not have.",
                path: .attribute($0.name))
            }
        }
        return Tfplugin6_ValidateResourceConfig.Response.with { $0.diagnostics = found.map(\.message) }
      },
      "UpgradeResourceState": .unary { (request: Tfplugin6_UpgradeResourceState.Request) in
        await Tfplugin6_UpgradeResourceState.Response.with(failures: { $0.diagnostics = $1 }) {
          $0.upgradedState = try upgrade(request)
        }
      },
      "ReadResource": .unary { (request: Tfplugin6_ReadResource.Request) in
        await Tfplugin6_ReadResource.Response.with(failures: { $0.diagnostics = $1 }) { response in
          let resource = try resource(request.typeName)
          let type = resource.schema.type
          let state = StoredState(try CtyValue(request.currentState, as: type), privateData: Array(request.private))
          response.private = request.private
          let found = try await calls.run { try await resource.read(state, client.get()) }
          response.newState = try PlanRules.withoutWriteOnly(found?.value ?? .null, resource.schema.attributes).message(
            as: type)
          guard let found else { return }
          response.private = Data(found.privateData)
          response.diagnostics = found.warnings.map(\.message)
        }
      },
      "PlanResourceChange": .unary { (request: Tfplugin6_PlanResourceChange.Request) in
        await Tfplugin6_PlanResourceChange.Response.with(failures: { $0.diagnostics = $1 }) { try await plan(request, &$0) }
      },
      "ApplyResourceChange": .unary { (request: Tfplugin6_ApplyResourceChange.Request) in await apply(request) },
      "ImportResourceState": .unary { (request: Tfplugin6_ImportResourceState.Request) in
        await Tfplugin6_ImportResourceState.Response.with(failures: { $0.diagnostics = $1 }) { response in
          let resource = try resource(request.typeName)
          let state = try resource.importState(request.id).message(as: resource.schema.type)
          response.importedResources = [
            .with {
              $0.typeName = request.typeName
              $0.state = state
            }
          ]
        }
      },
      "MoveResourceState": .unary { (request: Tfplugin6_MoveResourceState.Request) in
        await Tfplugin6_MoveResourceState.Response.with(failures: { $0.diagnostics = $1 }) {
          let resource = try resource(request.targetTypeName)
          let source = ForeignState(
            provider: request.sourceProviderAddress, type: request.sourceTypeName, version: Int(request.sourceSchemaVersion),
            value: try JSONReader.read(Array(request.sourceState.json)))
          $0.targetState = try resource.move(source).message(as: resource.schema.type)
        }
      },
    ]
  }

  private func upgrade(_ request: Tfplugin6_UpgradeResourceState.Request) throws -> Tfplugin6_DynamicValue {
    let resource = try resource(request.typeName)
    let json = try JSONReader.read(Array(request.rawState.json))
    let state =
      Int(request.version) == resource.schema.version
      ? try CtyValue(json: json, type: resource.schema.type) : try resource.upgrade(json, from: Int(request.version))
    return try PlanRules.withoutWriteOnly(state, resource.schema.attributes).message(as: resource.schema.type)
  }

  private func plan(
    _ request: Tfplugin6_PlanResourceChange.Request, _ response: inout Tfplugin6_PlanResourceChange.Response
  ) async throws {
    let resource = try resource(request.typeName)
    let schema = resource.schema
    let proposed = try CtyValue(request.proposedNewState, as: schema.type)
    response.plannedPrivate = request.priorPrivate
    guard !proposed.isNull else {
      response.plannedState = request.proposedNewState
      return
    }
    var plan = ResourcePlan(
      schema, prior: try CtyValue(request.priorState, as: schema.type), proposed: proposed,
      config: try CtyValue(request.config, as: schema.type), privateData: Array(request.priorPrivate))
    try resource.refine(&plan, try await client.get())
    response.diagnostics = plan.warnings.map(\.message)
    response.plannedState = try PlanRules.withoutWriteOnly(plan.planned, schema.attributes).message(as: schema.type)
    response.requiresReplace = plan.replacing.map(\.message)
  }

  private func apply(_ request: Tfplugin6_ApplyResourceChange.Request) async -> Tfplugin6_ApplyResourceChange.Response {
    var response = Tfplugin6_ApplyResourceChange.Response()
    response.private = request.plannedPrivate
    do {
      let resource = try resource(request.typeName)
      let schema = resource.schema
      let prior = StoredState(
        try CtyValue(request.priorState, as: schema.type), privateData: Array(request.plannedPrivate))
      let plan = try CtyValue(request.plannedState, as: schema.type)
      let config = try CtyValue(request.config, as: schema.type)
      do {
        let made = try await calls.run { () async throws -> StoredState in
          let client = try await client.get()
          if plan.isNull {
            try await resource.delete(prior, client)
            return StoredState(.null)
          }
          return prior.value.isNull
            ? try await resource.create(plan, config: config, client)
            : try await resource.update(prior, to: plan, config: config, client)
        }
        try put(made, schema, into: &response)
      } catch {
        let failure = ProviderError(wrapping: error)
        response.diagnostics = failure.diagnostics.map(\.message)
        // Without a state of its own a failed change leaves what was there.
        try put(failure.state ?? prior, schema, into: &response)
      }
    } catch {
      response.diagnostics += ProviderError(wrapping: error).diagnostics.map(\.message)
    }
    return response
  }

  private func put(
    _ state: StoredState, _ schema: Schema, into response: inout Tfplugin6_ApplyResourceChange.Response
  ) throws {
    response.newState = try PlanRules.withoutWriteOnly(state.value, schema.attributes).message(as: schema.type)
    response.private = Data(state.privateData)
    response.diagnostics += state.warnings.map(\.message)
  }
}
