import HubAPI
import Reconciler
import SpaceModel
import Testing

@Suite("What the account may not do")
struct PreflightTests {
  /// A Space of `owner` to be created.
  private func problem(
    _ owner: String = "acme", identity: Identity, define: (inout SpaceDefinition) -> Void = { _ in }
  ) -> String? {
    let id = address("\(owner)/chat")
    var definition = SpaceDefinition(id: id, file: "spaces/chat.space.yaml")
    define(&definition)
    var scene = Scene()
    scene.observation.identity = identity
    scene.fleet = [definition]
    let fleet = Fleet(project: Project(name: "demos"), spaces: [definition])
    let obstacle = Preflight.check(scene.plan(), fleet: fleet, identity: identity)
    if let obstacle {
      #expect(obstacle.failure.status == .notAllowed && obstacle.failure.help != nil)
      let problem = obstacle.failure.problem
      #expect(
        obstacle.setting == (problem.contains("paid plan") ? "sdk" : problem.contains("payment method") ? "hardware" : nil))
    }
    return obstacle?.failure.problem
  }

  private func member(_ role: String? = "write", plan: String? = "team", canPay: Bool? = true) -> Identity {
    Identity(name: "ada", organisations: [.init(name: "acme", role: role, plan: plan, canPay: canPay)])
  }

  @Test("a member who may write, in an organisation with a plan, may create")
  func allowed() {
    #expect(problem(identity: member()) == nil)
    #expect(problem(identity: member()) { $0.hardware = "t4-small" } == nil)
  }

  @Test("a token that only reads writes nothing, and may plan when nothing is to be written")
  func readToken() {
    var identity = member()
    identity.token = .read
    #expect(problem(identity: identity) == "the token of ada is read-only")
    let settled = Scene.settled()
    #expect(
      Preflight.check(settled.plan(), fleet: Fleet(project: Project(name: "demos"), spaces: settled.fleet), identity: identity)
        == nil)
  }

  @Test("to forget a Space takes no call, so any token will do")
  func forget() {
    var scene = Scene.settled()
    scene.fleet = []
    scene.removed = [Removal(space: Scene.chat, destroy: false)]
    var identity = member()
    identity.token = .read
    #expect(scene.plan().actionable.map(\.action) == [.forget])
    #expect(Preflight.check(scene.plan(), fleet: Fleet(project: Project(name: "demos"), spaces: []), identity: identity) == nil)
  }

  @Test(
    "the role in the organisation decides",
    arguments: [("read", false), ("contributor", true), ("write", true), ("admin", true)])
  func role(role: String, may: Bool) {
    #expect(problem(identity: member(role)) == (may ? nil : "ada may only read in acme"))
  }

  @Test("Spaces that run need a paid plan; static ones and ZeroGPU do not")
  func plan() {
    let free = Identity(name: "ada", canPay: true)
    #expect(problem("ada", identity: free) == "ada/chat cannot be created: docker Spaces need a paid plan, and ada has none")
    #expect(problem("ada", identity: free) { $0.hardware = .zeroA10G } == nil)
    let staticOnly = problem("ada", identity: free) {
      $0.sdk = .static
      $0.hardware = nil
    }
    #expect(staticOnly == nil)
    #expect(problem("ada", identity: Identity(name: "ada", isPro: true)) == nil)
    #expect(
      problem(identity: member(plan: nil)) == "acme/chat cannot be created: docker Spaces need a paid plan, and acme has none")
  }

  @Test("paid hardware needs somebody who pays, unless that is not known")
  func payment() {
    let wanted = "acme/chat asks for t4-small, and acme has no payment method"
    #expect(problem(identity: member(canPay: false)) { $0.hardware = "t4-small" } == wanted)
    #expect(problem(identity: member(canPay: nil)) { $0.hardware = "t4-small" } == nil)
    #expect(problem(identity: member(canPay: false)) == nil)
    #expect(
      problem("ada", identity: Identity(name: "ada", isPro: true, canPay: false)) { $0.hardware = "t4-small" }
        == "ada/chat asks for t4-small, and ada has no payment method")
  }

  @Test("hardware that stays as it is is not asked for again")
  func unchangedHardware() {
    var scene = Scene.settled {
      $0.hardware = "t4-small"
      $0.variables = ["A": VariableDeclaration(value: ValueTemplate("1"))]
    }
    scene.live { $0.info.runtime?.hardware = .init(current: "t4-small", requested: "t4-small") }
    let fleet = Fleet(project: Project(name: "demos"), spaces: scene.fleet)
    #expect(scene.plan().actionable.map(\.action) == [.update])
    #expect(Preflight.check(scene.plan(), fleet: fleet, identity: member(canPay: false)) == nil)
    scene.live { $0.info.runtime?.hardware.requested = .cpuBasic }
    #expect(Preflight.check(scene.plan(), fleet: fleet, identity: member(canPay: false)) != nil)
  }
}
