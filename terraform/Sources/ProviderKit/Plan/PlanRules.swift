import CtyCore

/// What the attributes of a schema say about a plan.
enum PlanRules {
  /// The planned attributes of an object: write-only ones null, defaults filled in, what is computed and not there yet unknown.
  static func settled(_ attributes: [Attribute], prior: CtyValue, proposed: CtyValue, config: CtyValue) -> [String: CtyValue] {
    var settled: [String: CtyValue] = [:]
    for attribute in attributes {
      let name = attribute.name
      settled[name] = value(attribute, prior: prior[name], proposed: proposed[name], config: config[name], isNew: prior.isNull)
    }
    return settled
  }

  private static func value(
    _ attribute: Attribute, prior: CtyValue, proposed: CtyValue, config: CtyValue, isNew: Bool
  ) -> CtyValue {
    if attribute.isWriteOnly { return .null }
    if config.isNull {
      if let value = attribute.defaultValue { return value }
      return attribute.isComputed && isNew ? .unknown : proposed
    }
    guard case .nested(let nesting, let inner) = attribute.kind else { return proposed }
    switch (nesting, proposed) {
    case (.single, .fields): return .fields(settled(inner, prior: prior, proposed: proposed, config: config))
    case (.list, .sequence(let values)):
      return .sequence(
        values.indices.map { index in
          let before = prior.elements.flatMap { index < $0.count ? $0[index] : nil } ?? .null
          let written = config.elements.flatMap { index < $0.count ? $0[index] : nil } ?? values[index]
          return element(inner, prior: before, proposed: values[index], config: written)
        })
    case (.set, .sequence(let values)):
      // A set's elements have no place by which they could be told apart: each is settled as it is proposed.
      return .sequence(values.map { element(inner, prior: $0, proposed: $0, config: $0) })
    case (.map, .fields(let values)):
      return .fields(
        Dictionary(
          uniqueKeysWithValues: values.map { key, value in
            (key, element(inner, prior: prior[key], proposed: value, config: config[key]))
          }))
    default: return proposed
    }
  }

  private static func element(_ inner: [Attribute], prior: CtyValue, proposed: CtyValue, config: CtyValue) -> CtyValue {
    guard case .fields = proposed else { return proposed }
    return .fields(settled(inner, prior: prior, proposed: proposed, config: config))
  }

  /// Something changes, so what the provider computes may change too and is unknown.
  /// - Parameter all: also what an update keeps, because a new object is made.
  static func forget(_ attributes: [Attribute], config: CtyValue, all: Bool, in planned: inout [String: CtyValue]) {
    for attribute in attributes
    where attribute.isComputed && attribute.defaultValue == nil && config[attribute.name].isNull {
      if case .optionalComputed = attribute.presence, !all { continue }
      if all || !attribute.isKeptOnUpdate { planned[attribute.name] = .unknown }
    }
  }

  /// The value without what is write-only, which Terraform refuses in any state.
  static func withoutWriteOnly(_ value: CtyValue, _ attributes: [Attribute]) -> CtyValue {
    guard case .fields(var values) = value else { return value }
    for attribute in attributes {
      guard let held = values[attribute.name] else { continue }
      if attribute.isWriteOnly {
        values[attribute.name] = .null
      } else if case .nested(let nesting, let inner) = attribute.kind {
        switch (nesting, held) {
        case (.single, _): values[attribute.name] = withoutWriteOnly(held, inner)
        case (.map, .fields(let elements)):
          values[attribute.name] = .fields(elements.mapValues { withoutWriteOnly($0, inner) })
        case (_, .sequence(let elements)):
          values[attribute.name] = .sequence(elements.map { withoutWriteOnly($0, inner) })
        default: break
        }
      }
    }
    return .fields(values)
  }
}
