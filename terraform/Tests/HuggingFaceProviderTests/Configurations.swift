import CtyCore
import ProviderKit
import SpaceModel

@testable import HuggingFaceProvider

/// Configurations and states of `huggingface_space`, of which only what matters is said.
enum Configurations {
  static let schema = SpaceSchema.schema
  static var address: SpaceID {
    guard let address = SpaceID("acme/chat") else { preconditionFailure("acme/chat is an address") }
    return address
  }
  static let access = HubAccess(pending: "endpoint", owner: "acme")

  /// All attributes, null where nothing is said.
  static func config(_ values: [String: CtyValue]) -> CtyValue {
    .fields(Dictionary(uniqueKeysWithValues: schema.attributes.map { ($0.name, values[$0.name] ?? .null) }))
  }

  /// The state of a small Space that is called `acme/chat`.
  static func state(_ values: [String: CtyValue] = [:]) -> CtyValue {
    config(
      [
        "id": .string("acme/chat"), "name": .string("chat"), "owner": .string("acme"), "sdk": .string("docker"),
        "hardware": .string("cpu-basic"), "visibility": .string("private"), "stage": .string("RUNNING"),
        "page": .string("http://hub/spaces/acme/chat"), "host": .string("acme-chat.hf.space"),
        "url": .string("https://acme-chat.hf.space"), "commit": .string("abc"), "current_hardware": .string("cpu-basic"),
      ].merging(values) { $1 })
  }

  /// What Terraform proposes: what is computed and not written keeps its value.
  static func proposed(_ config: CtyValue, _ prior: CtyValue) -> CtyValue {
    var proposed = config
    for attribute in schema.attributes where attribute.presence == .computed || attribute.presence == .optionalComputed {
      if config[attribute.name].isNull { proposed[attribute.name] = prior[attribute.name] }
    }
    return proposed
  }

  static func plan(
    _ values: [String: CtyValue], prior: CtyValue = .null, memory: SpaceMemory? = nil
  ) throws -> ResourcePlan {
    let config = config(values)
    var plan = ResourcePlan(
      schema, prior: prior, proposed: proposed(config, prior), config: config,
      privateData: memory?.bytes(endpoint: "http://127.0.0.1:1") ?? [])
    try Space().refine(&plan, access)
    return plan
  }
}
