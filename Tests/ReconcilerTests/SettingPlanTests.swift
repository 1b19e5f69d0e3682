import HubAPI
import Reconciler
import SpaceModel
import Testing

@Suite("Settings in a plan")
struct SettingPlanTests {
  @Test("a Space that is defined, recorded and live alike needs nothing")
  func nothingToDo() {
    let plan = Scene.settled().plan()
    #expect(!plan.hasChanges)
    #expect(plan.status == .success)
    #expect(plan.totals.calls == 0)
  }

  @Test("a changed definition is wanted, a changed Hub is drift")
  func originOfDifference() {
    let wanted = Scene.settled { $0.hardware = "cpu-upgrade" }.chatPlan()
    #expect(wanted.action == .update)
    #expect(wanted.origin == .wanted)
    #expect(wanted.changes.map(\.path) == ["hardware"])
    #expect(wanted.steps == [.requestHardware("cpu-upgrade", nil)])

    var drifted = Scene.settled()
    drifted.live { $0.info.runtime?.hardware.requested = "t4-small" }
    let plan = drifted.chatPlan()
    #expect(plan.origin == .drift)
    #expect(plan.changes.first?.old == "t4-small")
    #expect(plan.changes.first?.new == "cpu-basic")
  }

  @Test("hardware is compared with what was requested, not with what runs")
  func requestedHardware() {
    var scene = Scene.settled()
    scene.live { $0.info.runtime?.hardware.current = nil }
    #expect(scene.chatPlan().action == .none)
  }

  @Test("the fixed sleep of free hardware is no difference")
  func fixedSleep() {
    let scene = Scene.settled { $0.sleepTime = SleepTime("1h") }
    #expect(scene.chatPlan().action == .none)
  }

  @Test("hardware and sleep time go in one call, the sleep time alone in its own")
  func sleepTime() {
    var both = Scene.settled {
      $0.hardware = "t4-small"
      $0.sleepTime = SleepTime("1h")
    }
    #expect(both.chatPlan().steps == [.requestHardware("t4-small", SleepTime("1h"))])

    both.live {
      $0.info.runtime?.hardware = .init(current: "t4-small", requested: "t4-small")
      $0.info.runtime?.gcTimeout = 300
    }
    both.recorded { $0.settings["hardware"] = "t4-small" }
    #expect(both.chatPlan().steps == [.setSleepTime(.after(seconds: 3600))])
  }

  @Test("what the Hub does not show is compared with the lock")
  func unobserved() {
    var scene = Scene.settled { $0.replicas = 2 }
    scene.recorded { $0.settings["replicas"] = 2 }
    #expect(scene.chatPlan().action == .none)
    scene.recorded { $0.settings["replicas"] = 1 }
    #expect(scene.chatPlan().steps == [.setReplicas(2)])
  }

  @Test("an unset setting is left alone whatever the Hub says")
  func unmanaged() {
    var scene = Scene.settled { $0.visibility = nil }
    scene.live { $0.info.isPrivate = false }
    scene.recorded { $0.settings["visibility"] = nil }
    #expect(scene.chatPlan().action == .none)
  }

  @Test("a setting that is no longer declared is let go, and said")
  func released() {
    let scene = Scene.settled { $0.visibility = nil }
    let plan = scene.chatPlan()
    #expect(plan.action == .none)
    #expect(plan.notes == ["visibility is no longer declared: it is left as it is and no longer managed"])
  }

  @Test("visibility: private hides, so it comes first; public opens, so it comes last")
  func orderOfVisibility() {
    var tighten = Scene.settled { $0.variables["A"] = VariableDeclaration(value: ValueTemplate("1")) }
    tighten.live {
      $0.info.isPrivate = false
      $0.variables = .value([:])
    }
    #expect(tighten.chatPlan().steps == [.setVisibility(.private), .setVariable("A")])

    var loosen = Scene.settled {
      $0.visibility = .public
      $0.wait = WaitPolicy(condition: .running)
      $0.variables["A"] = VariableDeclaration(value: ValueTemplate("1"))
    }
    loosen.live { $0.variables = .value([:]) }
    #expect(loosen.chatPlan().steps == [.setVariable("A"), .waitUntilLive, .setVisibility(.public)])
  }

  @Test(
    "protected cannot be told from private in a list, and is compared with the lock",
    arguments: [
      (Visibility.protected, Visibility.protected, true), (.protected, .private, false), (.private, .protected, false),
    ])
  func protected(declared: Visibility, recorded: Visibility, isEqual: Bool) {
    var scene = Scene.settled { $0.visibility = declared }
    scene.recorded { $0.settings["visibility"] = .string(recorded.rawValue) }
    #expect((scene.chatPlan().action == .none) == isEqual)
  }

  @Test("a change of region replaces, and is refused without leave")
  func region() {
    var scene = Scene.settled { $0.region = "eu" }
    scene.live { $0.info.region = "us" }
    let plan = scene.chatPlan()
    #expect(plan.action == .replace)
    #expect(plan.blocked != nil)
    scene.options.allowDestroy = true
    #expect(scene.chatPlan().blocked == nil)
    #expect(scene.chatPlan().steps.prefix(2) == [.destroy, .create])
  }

  @Test("ignore_changes holds for wanted and drift alike")
  func ignored() {
    var scene = Scene.settled {
      $0.hardware = "cpu-upgrade"
      $0.lifecycle.ignoreChanges = ["hardware"]
    }
    #expect(scene.chatPlan().action == .none)
    scene.live { $0.info.runtime?.hardware.requested = "t4-small" }
    #expect(scene.chatPlan().action == .none)
  }
}
