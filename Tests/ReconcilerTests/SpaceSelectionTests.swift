import Diagnostics
import Reconciler
import SpaceModel
import State
import Testing

@Suite("What --target and --exclude choose")
struct SpaceSelectionTests {
  /// `web` shows `api`'s address and waits for `data`; `other` stands alone; `old` is recorded and no longer defined.
  private func scene(_ targets: [String] = [], excluding excludes: [String] = []) -> Scene {
    var scene = Scene()
    scene.fleet = ["acme/api", "acme/data", "acme/other", "acme/web"].map {
      SpaceDefinition(id: address($0), file: "spaces/\($0).space.yaml")
    }
    scene.fleet[3].dependsOn = [address("acme/data")]
    scene.fleet[3].variables["API"] = VariableDeclaration(
      value: ValueTemplate(parts: [.reference(address("acme/api"), .url)]))
    scene.lock?.spaces[address("acme/old")] = LockRecord(hubID: "id-old")
    scene.selection = SpaceSelection(targets: targets, excludes: excludes)
    return scene
  }

  private func chosen(_ targets: [String] = [], excluding excludes: [String] = []) throws -> [String] {
    try scene(targets, excluding: excludes).selectedPlan().spaces.map(\.address.name)
  }

  @Test("a target brings what it depends on, an exclusion takes what depends on it")
  func closures() throws {
    #expect(try chosen() == ["api", "data", "old", "other", "web"])
    #expect(try chosen(["acme/web"]) == ["api", "data", "web"])
    #expect(try chosen(["web"]) == ["api", "data", "web"])
    #expect(try chosen(["api"]) == ["api"])
    #expect(try chosen(excluding: ["api"]) == ["data", "old", "other"])
    #expect(try chosen(["web", "other"], excluding: ["data"]) == ["api", "other"])
    #expect(try chosen(["acme/o*"]) == ["old", "other"])
    #expect(try chosen(["o*"], excluding: ["*/old"]) == ["other"])
  }

  @Test("what is only recorded is destroyed when it is chosen, and is safe when it is not")
  func removals() throws {
    var scene = scene(["old"])
    scene.options.allowDestroy = true
    let plan = try scene.selectedPlan()
    #expect(plan.spaces.map(\.action) == [.destroy])
    #expect(plan.leftOut == 4)
    scene.selection = SpaceSelection(excludes: ["old"])
    #expect(try !scene.selectedPlan().spaces.contains { $0.action == .destroy })
    #expect(try scene.selectedPlan().leftOut == 1)
  }

  @Test("an empty definition set is still refused, and a part of it is not one")
  func emptiness() throws {
    var scene = scene(["old"])
    #expect(try scene.selectedPlan().refusals.isEmpty)
    scene.fleet = []
    #expect(try scene.selectedPlan().refusals.count == 1)
  }

  @Test("a Space that moves answers to both addresses, and its old one is never destroyed")
  func moves() throws {
    var scene = Scene.settled()
    scene.fleet = [SpaceDefinition(id: address("acme/talk"), file: "spaces/talk.space.yaml")]
    scene.fleet[0].movedFrom = Scene.chat
    scene.fleet.append(SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml"))
    for pattern in ["acme/talk", "chat"] {
      scene.selection = SpaceSelection(targets: [pattern])
      let plan = try scene.selectedPlan()
      #expect(plan.spaces.map(\.action) == [.move])
      #expect(plan.leftOut == 1)
      scene.selection = SpaceSelection(excludes: [pattern])
      #expect(try scene.selectedPlan().spaces.map(\.action) == [.create])
    }
  }

  @Test("costs are those of the chosen Spaces")
  func costs() throws {
    var scene = scene(["api"])
    scene.fleet[0].hardware = "t4-small"
    scene.fleet[2].hardware = "t4-small"
    let part = try scene.selectedPlan().totals.upperAfter
    scene.selection = SpaceSelection()
    #expect(part > .zero)
    #expect(try scene.selectedPlan().totals.upperAfter > part)
  }

  @Test("a pattern that names nothing is refused with the nearest name, and so is a choice of none")
  func refusals() throws {
    #expect {
      _ = try chosen(["acme/wbe"])
    } throws: { error in
      let failure = error as? Failure
      return failure?.status == .usage && failure?.help == "Did you mean `acme/web`?"
        && failure?.problem == "`--target acme/wbe` names no Space that is defined or recorded"
    }
    #expect {
      _ = try chosen(["api"], excluding: ["api"])
    } throws: { error in
      let failure = error as? Failure
      return failure?.status == .usage && failure?.problem == "`--target` and `--exclude` leave none"
    }
  }

  @Test("the plan says in JSON what it was asked to be about, and its operations are those of the part")
  func json() throws {
    let plan = try scene(["api"]).selectedPlan()
    #expect(plan.json["selection"] == ["target": ["api"], "exclude": [], "left_out": 4])
    #expect(scene().plan().json["selection"] == nil)
    #expect(plan.operationsDigest != scene().plan().operationsDigest)
  }

  @Test("a saved plan is held against a new one of its own Spaces and what they depend on")
  func saved() throws {
    let scene = scene(["web"])
    let plan = try scene.selectedPlan()
    let saved = try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "p.json")
    #expect(saved.isPartial)
    #expect(saved.chosen(in: scene.whole, scene.lock).map(\.name).sorted() == ["api", "data", "web"])
    let whole = try SavedPlan(bytes: Array(self.scene().plan().json.prettyText.utf8), name: "p.json")
    #expect(!whole.isPartial)
  }
}
