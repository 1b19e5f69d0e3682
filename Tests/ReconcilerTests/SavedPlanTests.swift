import Diagnostics
import Reconciler
import SpaceModel
import Testing

@Suite("Saved plans")
struct SavedPlanTests {
  private let scene = Scene.settled { $0.hardware = "cpu-upgrade" }

  private func saved(_ plan: Plan) throws -> SavedPlan {
    try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "p.json")
  }

  @Test("a plan that still holds is bound to what is fresh")
  func holds() throws {
    let bound = try saved(scene.plan()).bound(to: scene.plan(), name: "p.json")
    #expect(bound.actionable.map(\.address) == [Scene.chat])
  }

  @Test("a change on the Hub, in the definition or in the lock makes it stale, and is named")
  func stale() throws {
    let saved = try saved(scene.plan())
    var hub = scene
    hub.live { $0.info.sha = String(repeating: "c", count: 40) }
    expectStale(saved, hub, "the Space on the Hub changed")
    var definition = scene
    definition.fleet[0].hardware = "t4-small"
    expectStale(saved, definition, "the definition changed")
    var lock = scene
    lock.recorded { $0.settings["hardware"] = "t4-medium" }
    expectStale(saved, lock, "the lock's record changed")
  }

  @Test("stages and quota do not make it stale")
  func movingParts() throws {
    let saved = try saved(scene.plan())
    var later = scene
    later.live { $0.info.runtime?.stage = .sleeping }
    later.observation.quota = .init(remaining: 3, resetsIn: 10)
    #expect(throws: Never.self) { try saved.bound(to: later.plan(), name: "p.json") }
  }

  @Test("an edited plan is refused")
  func edited() throws {
    let text = scene.plan().json.prettyText.replacing("cpu-upgrade", with: "t4-small")
    let failure = #expect(throws: Failure.self) { try SavedPlan(bytes: Array(text.utf8), name: "p.json") }
    #expect(failure?.status == .stale)
    #expect(failure?.problem.contains("edited") == true)
  }

  @Test(
    "what is not a plan, or of a newer format, is refused with a way out",
    arguments: ["", "{", "[]", "{\"format_version\":9}", "{\"format_version\":1}"])
  func garbage(_ text: String) {
    let failure = #expect(throws: Failure.self) { try SavedPlan(bytes: Array(text.utf8), name: "p.json") }
    #expect(failure?.status == .stale)
    #expect(failure?.help?.contains("spaceform plan --out p.json") == true)
  }

  @Test("one of a newer program says so")
  func newer() {
    let failure = #expect(throws: Failure.self) {
      try SavedPlan(bytes: Array("{\"format_version\":\(Plan.formatVersion + 1)}".utf8), name: "p.json")
    }
    #expect(failure?.problem.contains("newer version of spaceform") == true)
  }

  @Test("cut off at any byte, it is refused as stale, with a way out")
  func cutOff() {
    let bytes = Array(scene.plan().json.prettyText.utf8)
    let whole = (bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0) + 1
    for count in 0..<whole {
      do throws(Failure) {
        _ = try SavedPlan(bytes: Array(bytes[..<count]), name: "p.json")
        Issue.record("cut after \(count) bytes it is read")
      } catch {
        #expect(error.status == .stale)
        #expect(error.help?.contains("spaceform plan --out p.json") == true)
      }
    }
  }

  @Test("without a lock, where there was one, and with one, where there was none, it is stale")
  func emptyLock() throws {
    let saved = try saved(scene.plan())
    var without = scene
    without.lock = nil
    expectStale(saved, without, "the lock's record changed")
    without.options.adopt = [Scene.chat]
    let first = try self.saved(without.plan())
    let failure = #expect(throws: Failure.self) { try first.bound(to: scene.plan(), name: "p.json") }
    #expect(failure?.status == .stale)
    #expect(failure?.problem.contains("the lock's record changed") == true)
  }

  @Test("the operations digest ignores prices, stages and quota, and nothing that is done")
  func digest() {
    var other = scene
    other.live { $0.info.runtime?.stage = .sleeping }
    #expect(other.plan().operationsDigest == scene.plan().operationsDigest)
    other.fleet[0].hardware = "t4-small"
    #expect(other.plan().operationsDigest != scene.plan().operationsDigest)
  }

  private func expectStale(_ saved: SavedPlan, _ scene: Scene, _ text: String) {
    let failure = #expect(throws: Failure.self) { try saved.bound(to: scene.plan(), name: "p.json") }
    #expect(failure?.status == .stale)
    #expect(failure?.problem.contains(text) == true, "\(failure?.problem ?? "")")
  }
}
