import CtyCore
import ProviderKit

/// Terraform's own checks of a provider's answers, as it words them by effect: a plan that breaks one is "invalid", a result that
/// breaks one is "inconsistent".
enum TerraformRules {
  static func problems(ofPlan planned: CtyValue, schema: Schema, prior: CtyValue, config: CtyValue) -> [String] {
    schema.attributes.compactMap { attribute in
      let (now, before, written) = (planned[attribute.name], prior[attribute.name], config[attribute.name])
      if attribute.isWriteOnly { return now.isNull ? nil : "\(attribute.name): write-only and planned" }
      if now == written || (!prior.isNull && !written.isNull && now == before) { return nil }
      if case .nested = attribute.kind, !written.isNull { return nil }
      let isComputed = attribute.presence == .computed || attribute.presence == .optionalComputed
      return isComputed && written.isNull ? nil : "\(attribute.name): planned \(now), written \(written)"
    }
  }

  static func problems(ofResult result: CtyValue, planned: CtyValue, schema: Schema) -> [String] {
    schema.attributes.compactMap { attribute in
      let (now, before) = (result[attribute.name], planned[attribute.name])
      if !now.isWhollyKnown { return "\(attribute.name): unknown after apply" }
      if attribute.isWriteOnly { return now.isNull ? nil : "\(attribute.name): write-only and returned" }
      return before.isWhollyKnown && now != before ? "\(attribute.name): planned \(before), is \(now)" : nil
    }
  }
}
