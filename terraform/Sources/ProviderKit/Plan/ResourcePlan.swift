import CtyCore

/// The planned change of one resource.
public struct ResourcePlan: Sendable {
  /// Null when the resource is made.
  public let prior: CtyValue
  public let config: CtyValue
  /// What is remembered of the object beside its state; when one is made in the place of another, that one's.
  public let privateData: [UInt8]
  public var planned: CtyValue
  /// What makes a new object when it changes; of paths where prior and planned are equal Terraform takes no notice.
  public var replacing: [CtyPath]

  /// Worth saying about the plan.
  public var warnings: [Diagnostic] = []

  public var isCreation: Bool { prior.isNull }

  /// The plan by the rules of the schema.
  ///
  /// - Parameters:
  ///   - schema: of the resource.
  ///   - prior: the state before; null when the resource is to be made.
  ///   - proposed: Terraform's merge of configuration and prior state.
  ///   - config: what is written.
  ///   - privateData: what the resource remembers beside its state.
  public init(_ schema: Schema, prior: CtyValue, proposed: CtyValue, config: CtyValue, privateData: [UInt8] = []) {
    self.prior = prior
    self.config = config
    self.privateData = privateData
    var attributes = PlanRules.settled(schema.attributes, prior: prior, proposed: proposed, config: config)
    replacing = schema.attributes.filter {
      $0.requiresReplace && !prior.isNull && prior[$0.name] != (attributes[$0.name] ?? .null)
    }.map { .attribute($0.name) }
    let changes = !prior.isNull && CtyValue.fields(attributes) != prior
    if changes { PlanRules.forget(schema.attributes, config: config, all: !replacing.isEmpty, in: &attributes) }
    planned = .fields(attributes)
  }
}
