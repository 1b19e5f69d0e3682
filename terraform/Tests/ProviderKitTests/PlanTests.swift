import CtyCore
import ProviderKit
import Testing

/// What the schema alone makes of a plan.
@Suite("Plans")
struct PlanTests {
  let schema = Schema(
    "",
    [
      Attribute("name", .string, .required, "").replacing(),
      Attribute("sdk", .string, .optionalComputed, "").defaulting(to: .string("docker")),
      Attribute("region", .string, .optionalComputed, ""),
      Attribute("id", .string, .computed, "").keptOnUpdate(),
      Attribute("stage", .string, .computed, ""),
      Attribute("token", .string, .optional, "").writeOnly(),
      Attribute(
        "rules",
        .nested(
          .map,
          [
            Attribute("port", .number, .optionalComputed, "").defaulting(to: .int(80)),
            Attribute("key", .string, .optional, "").writeOnly(), Attribute("note", .string, .computed, ""),
          ]), .optional, ""),
    ])

  let prior: CtyValue = .fields([
    "name": .string("a"), "sdk": .string("docker"), "region": .string("eu"), "id": .string("1"), "stage": .string("RUNNING"),
    "token": .null, "rules": .null,
  ])

  func config(_ values: [String: CtyValue]) -> CtyValue {
    .fields(
      ["name": .null, "sdk": .null, "region": .null, "id": .null, "stage": .null, "token": .null, "rules": .null]
        .merging(values) { $1 })
  }

  /// Terraform's merge for flat attributes: what is computed and not written keeps its prior value.
  func proposed(_ config: CtyValue, prior: CtyValue) -> CtyValue {
    var merged = config
    for attribute in schema.attributes where attribute.presence == .computed || attribute.presence == .optionalComputed {
      if config[attribute.name].isNull { merged[attribute.name] = prior[attribute.name] }
    }
    return merged
  }

  func plan(_ config: CtyValue, prior: CtyValue = .null) -> ResourcePlan {
    let plan = ResourcePlan(schema, prior: prior, proposed: proposed(config, prior: prior), config: config)
    #expect(TerraformRules.problems(ofPlan: plan.planned, schema: schema, prior: prior, config: config) == [])
    return plan
  }

  @Test("A new object: defaults are filled in, what is computed is unknown, what is write-only is null")
  func creation() {
    let planned = plan(config(["name": .string("a"), "token": .string("canary")])).planned
    #expect(planned["sdk"] == .string("docker"))
    #expect(planned["region"].isUnknown)
    #expect(planned["id"].isUnknown)
    #expect(planned["token"] == .null)
  }

  @Test("Nothing changes: the plan is the prior state, also when a write-only value is written")
  func nothing() {
    let plan = plan(config(["name": .string("a"), "token": .string("new")]), prior: prior)
    #expect(plan.planned == prior)
    #expect(plan.replacing.isEmpty)
  }

  @Test("An update leaves what is kept, and forgets what may change")
  func update() {
    let plan = plan(config(["name": .string("a"), "sdk": .string("static")]), prior: prior)
    #expect(plan.planned["id"] == .string("1"))
    #expect(plan.planned["region"] == .string("eu"))
    #expect(plan.planned["stage"].isUnknown)
    #expect(plan.replacing.isEmpty)
  }

  @Test("A default corrects what was changed outside")
  func drift() {
    var drifted = prior
    drifted["sdk"] = .string("gradio")
    #expect(plan(config(["name": .string("a")]), prior: drifted).planned["sdk"] == .string("docker"))
  }

  @Test("A change that replaces names its path, and nothing computed is kept")
  func replacement() {
    let plan = plan(config(["name": .string("b")]), prior: prior)
    #expect(plan.replacing == [.attribute("name")])
    #expect(plan.planned["id"].isUnknown)
    #expect(plan.planned["region"].isUnknown)
  }

  @Test("Unknown values stay unknown, and replace where a change would")
  func unknown() {
    let plan = plan(config(["name": .unknown, "rules": .unknown]), prior: prior)
    #expect(plan.planned["name"].isUnknown)
    #expect(plan.planned["rules"].isUnknown)
    #expect(plan.replacing == [.attribute("name")])
  }

  @Test("Nested attributes follow the same rules, write-only ones at every level")
  func nested() {
    let rule: CtyValue = .fields(["port": .null, "key": .string("canary"), "note": .null])
    let planned = plan(config(["name": .string("a"), "rules": .fields(["r": rule])])).planned
    #expect(planned["rules"]["r"]["port"] == .int(80))
    #expect(planned["rules"]["r"]["key"] == .null)
    #expect(planned["rules"]["r"]["note"].isUnknown)
  }

  @Test("Mistakes in a declaration are found")
  func declaration() {
    #expect(schema.mistakes == [])
    let wrong = Schema(
      "",
      [
        Attribute("count", .number, .optional, ""), Attribute("Name", .string, .optional, ""),
        Attribute("a", .string, .computed, "").writeOnly(), Attribute("b", .string, .optional, "").defaulting(to: .null),
        Attribute("s", .nested(.set, [Attribute("w", .string, .optional, "").writeOnly()]), .optional, ""),
      ])
    #expect(wrong.mistakes.count == 5)
  }
}
