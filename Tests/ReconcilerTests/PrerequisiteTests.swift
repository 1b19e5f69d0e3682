import Diagnostics
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("What a Space waits for")
struct PrerequisiteTests {
  private let web = address("acme/web")

  private func prerequisites(
    _ spaces: [SpacePlan], _ definitions: [SpaceDefinition] = [], lock: Lock = Lock(project: "demos", hub: "local")
  ) -> Prerequisites {
    Prerequisites(
      Plan(project: "demos", hub: "local", spaces: spaces, totals: Totals()),
      definitions: Dictionary(definitions.map { ($0.id, $0) }) { first, _ in first }, lock: lock)
  }

  private func plan(_ address: SpaceID, _ action: SpacePlan.Action, _ steps: [Step] = []) -> SpacePlan {
    var plan = SpacePlan(address: address, action: action)
    plan.steps = steps
    return plan
  }

  private func speaker(of other: SpaceID) -> SpaceDefinition {
    var definition = SpaceDefinition(id: Scene.chat, file: "spaces/chat.space.yaml")
    definition.variables = ["URL": VariableDeclaration(value: ValueTemplate(parts: [.reference(other, .url)]))]
    return definition
  }

  @Test("a reference waits until the other Space is at its address, not until it is live")
  func reference() {
    let create = plan(Scene.api, .create, [.create, .waitUntilLive])
    let chat = plan(Scene.chat, .create, [.create])
    #expect(prerequisites([chat, create], [speaker(of: Scene.api)])[Scene.chat] == [.exists(Scene.api)])
    var moved = plan(Scene.api, .move, [.move(from: web)])
    moved.movedFrom = web
    #expect(prerequisites([chat, moved], [speaker(of: Scene.api)])[Scene.chat] == [.exists(Scene.api)])
  }

  @Test("a reference to a Space that is there already, or to oneself, waits for nothing")
  func referenceToExisting() {
    let chat = plan(Scene.chat, .create, [.create])
    #expect(prerequisites([chat, plan(Scene.api, .update)], [speaker(of: Scene.api)])[Scene.chat].isEmpty)
    #expect(prerequisites([chat], [speaker(of: Scene.api)])[Scene.chat].isEmpty)
    #expect(prerequisites([chat], [speaker(of: Scene.chat)])[Scene.chat].isEmpty)
  }

  @Test("depends_on waits until everything of the other Space is done, whatever is done to it")
  func dependsOn() {
    var definition = SpaceDefinition(id: Scene.chat, file: "spaces/chat.space.yaml")
    definition.dependsOn = [Scene.api, web, Scene.chat]
    let spaces = [plan(Scene.chat, .update), plan(Scene.api, .update), plan(web, .none)]
    #expect(prerequisites(spaces, [definition])[Scene.chat] == [.finished(Scene.api), .finished(web)])
    #expect(prerequisites(spaces, [definition])[Scene.api].isEmpty)
  }

  @Test("a circle that is recorded has a way out, and whoever stands outside of it waits on")
  func circle() {
    var lock = Lock(project: "demos", hub: "local")
    for (address, depends) in [(Scene.api, [Scene.chat]), (Scene.chat, [web, Scene.api]), (web, [])] {
      lock.spaces[address] = LockRecord(hubID: "id of \(address)")
      lock.spaces[address]?.dependsOn = depends
    }
    let spaces = [Scene.api, Scene.chat, web].map { plan($0, .destroy, [.destroy]) }
    let waits = prerequisites(spaces, lock: lock)
    #expect(waits[Scene.api].isEmpty != waits[Scene.chat].isEmpty)
    #expect(waits[web] == [.finished(Scene.chat)])
  }

  @Test("nobody waits for a blocked Space, which is never begun")
  func blocked() {
    var definition = speaker(of: Scene.api)
    definition.dependsOn = [Scene.api]
    var blocked = plan(Scene.api, .create, [.create])
    blocked.blocked = Refusal("r", help: "h")
    #expect(prerequisites([plan(Scene.chat, .update), blocked], [definition])[Scene.chat].isEmpty)
  }

  @Test("destroys run in reverse: first what depends, then what it depends on")
  func destroys() {
    var lock = Lock(project: "demos", hub: "local")
    for space in [Scene.chat, Scene.api, web] { lock.spaces[space] = LockRecord(hubID: "id-\(space.name)") }
    lock.spaces[Scene.chat]?.dependsOn = [Scene.api]
    lock.spaces[web]?.dependsOn = [Scene.api]
    let spaces = [plan(Scene.chat, .destroy, [.destroy]), plan(Scene.api, .destroy, [.destroy]), plan(web, .none)]
    let prerequisites = prerequisites(spaces, lock: lock)
    #expect(prerequisites[Scene.api] == [.finished(Scene.chat)])
    #expect(prerequisites[Scene.chat].isEmpty)
  }

  @Test("who waits for what is never reached learns that it is not")
  func milestones() async {
    let milestones = Milestones()
    async let early = milestones.wait(for: .exists(Scene.api))
    await milestones.reach(.exists(Scene.api), success: true)
    // The first word holds.
    await milestones.reach(.exists(Scene.api), success: false)
    await milestones.reach(.finished(Scene.api), success: false)
    #expect(await early)
    #expect(await milestones.wait(for: .exists(Scene.api)))
    #expect(await !milestones.wait(for: .finished(Scene.api)))
  }
}
