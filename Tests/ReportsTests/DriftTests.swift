import Console
import HubAPI
import Reconciler
import Reports
import SpaceModel
import State
import Testing

@Suite("A report of drift")
struct DriftTests {
  /// Something gone, something changed, something with commits of others, something down.
  private func drift() -> Drift {
    var world = World()
    let chat = address("acme/chat")
    world.define(chat) {
      $0.variables = ["LOG_LEVEL": VariableDeclaration(value: ValueTemplate("info"))]
      $0.secrets = [
        "API_KEY": SecretDeclaration(source: .environment("API_KEY")), "LOST": SecretDeclaration(source: .environment("LOST")),
      ]
    }
    world.record(chat) {
      $0.variables = ["LOG_LEVEL": RecordedVariable(value: "info")]
      $0.secrets = ["API_KEY": RecordedSecret(updatedAt: nil), "LOST": RecordedSecret(updatedAt: nil)]
    }
    world.live(chat) {
      $0.info.runtime?.hardware.requested = "t4-small"
      $0.variables = .value([:])
      $0.secrets = .value(["API_KEY": .init(updatedAt: Timestamp(milliseconds: 5))])
    }
    world.define(address("acme/down"))
    world.record(address("acme/down"))
    world.live(address("acme/down")) { $0.info.runtime?.stage = .buildError }
    world.define(address("acme/gone"))
    world.record(address("acme/gone"))
    world.observation.absent = [address("acme/gone")]
    world.define(address("acme/wanted")) { $0.hardware = "cpu-upgrade" }
    world.record(address("acme/wanted"))
    world.live(address("acme/wanted"))
    let edited = address("acme/edited")
    world.define(edited) { $0.source = ContentSource(path: "apps/edited") }
    world.record(edited) { $0.content = .init(digest: "sha256:new", commit: "b", live: "b") }
    world.live(edited) {
      $0.content = .value(
        ObservedContent(
          files: [], commits: [.init(id: "c100000000", title: "Edit\nby hand"), .init(id: "c2", title: "🚀")],
          reachesRecorded: true))
    }
    world.manifests[edited] = manifest([("app.py", 10), ("a\nb", 20)], digest: "sha256:new")
    return Drift(world.plan())
  }

  @Test("shows people what is there and what should be")
  func human() throws {
    try Golden.expect(DriftText(style: .plain).text(drift()), "drift.txt")
    let painted = DriftText(style: Style(isColoured: true)).text(drift())
    #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == DriftText(style: .plain).text(drift()))
  }

  @Test("has a stable form for programs, and what is only wanted is not in it")
  func json() throws {
    try Golden.expect(drift().json.prettyText, "drift.json")
    #expect(!drift().spaces.contains { $0.address == address("acme/wanted") })
  }

  @Test("says that there is none")
  func none() {
    let none = Drift(Plan(project: "demos", hub: "local", spaces: [], totals: Totals()))
    #expect(DriftText(style: .plain).text(none) == "No drift. The Hub is as Spaceform left it.\n")
  }

  @Test("names twenty files and says how many more there are")
  func manyFiles() {
    var plan = SpacePlan(address: address("acme/chat"), action: .update, origin: .drift)
    plan.changes = [Change(path: "content", old: "c", new: "d", effect: .rebuild, origin: .drift)]
    plan.files = (10..<31).map { FileChange(path: "f\($0)", operation: .update, old: "g", new: "h", size: 1) }
    let text = DriftText(style: .plain).text(Drift(Plan(project: "demos", hub: "local", spaces: [plan], totals: Totals())))
    #expect(text.contains("    file f29\n    and 1 more file\n"))
  }
}
