import Diagnostics
import SpaceModel

extension Rule {
  static let allowedHardware: Rule = Rule(
    "SF501",
    summary: "The hardware is not among those the project allows.",
    explanation: "`policy.allowed_hardware` lists the only flavours Spaces of this project may have. Static Spaces have none.",
    failing: RuleExample(
      "name: chat\nhardware: a100-large\n",
      project: RuleExample.plainProject + "policy: { allowed_hardware: [cpu-basic, t4-small] }\n"),
    passing: RuleExample(
      "name: chat\nhardware: t4-small\nsleep_time: 1h\n",
      project: RuleExample.plainProject + "policy: { allowed_hardware: [cpu-basic, t4-small] }\n"),
    check: .space { space, fleet in
      let policy = fleet.project.policy
      guard let allowed = policy.value.allowedHardware, let flavour = space.flavour, !allowed.contains(flavour) else {
        return []
      }
      return [
        Rule.allowedHardware.finding(
          "the project does not allow `\(flavour)`", help: "Choose one of \(allowed.map(\.rawValue).listed).",
          at: space.hardware?.place.value ?? space.namePlace.value, related: policy.related(policy.allowedHardware))
      ]
    })
}

extension PolicyPlaces {
  /// Where the broken rule stands.
  func related(_ place: Place?) -> [RelatedSpan] {
    place.map { [RelatedSpan(span: $0.value, message: "the project's policy")] } ?? []
  }
}
