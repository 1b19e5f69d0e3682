extension Rule {
  static let replicasOnFree: Rule = Rule(
    "SF109",
    summary: "More than one replica is declared on free hardware.",
    explanation: "The Hub runs several copies of a Space on paid hardware only, and bills each.",
    failing: RuleExample("name: chat\nhardware: cpu-basic\nreplicas: 2\n"),
    passing: RuleExample("name: chat\nhardware: cpu-upgrade\nreplicas: 2\nsleep_time: 1h\n"),
    check: .space { space, _ in
      guard let replicas = space.replicas, replicas.value > 1, let flavour = space.flavour, flavour.hasFixedSleep else {
        return []
      }
      return [
        Rule.replicasOnFree.finding(
          "`\(flavour)` runs one replica only", help: "Remove `replicas`, or choose paid hardware.", at: replicas.place.value)
      ]
    })
}
