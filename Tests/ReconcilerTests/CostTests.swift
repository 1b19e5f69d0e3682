import HubAPI
import SpaceModel
import Testing

@testable import Reconciler

@Suite("What a fleet costs a month")
struct CostTests {
  private func costs(hours: Double = 8, _ add: (inout Costs) -> Void) -> Costs {
    var costs = Costs(catalogue: .published, activeHoursPerDay: hours)
    add(&costs)
    return costs
  }

  @Test(
    "the bound is 730 hours of every replica, the estimate the active hours where a sleep time is set",
    arguments: [
      (nil, nil, nil, 0, 0), (.cpuBasic, .after(seconds: 60), nil, 0, 0), ("t4-small", nil, nil, 292, 292),
      ("t4-small", .never, nil, 292, 292), ("t4-small", .after(seconds: 3600), nil, 292, 97.333333),
      ("t4-small", .after(seconds: 3600), 3, 876, 292), ("t4-small", nil, 0, 292, 292),
    ] as [(Flavour?, SleepTime?, Int?, Double, Double)])
  func oneSpace(flavour: Flavour?, sleep: SleepTime?, replicas: Int?, upper: Double, estimate: Double) {
    let costs = costs { $0.add(flavour, sleepTime: sleep, replicas: replicas) }
    #expect(costs.upper == Money(usd: upper))
    #expect(costs.estimate == Money(usd: estimate))
    #expect(costs.unpriced.isEmpty)
  }

  @Test("flavours without a known price count as nothing and are named")
  func unpriced() {
    let costs = costs {
      $0.add("sprx8", sleepTime: nil, replicas: nil)
      $0.add("of-tomorrow", sleepTime: nil, replicas: nil)
      $0.add("t4-small", sleepTime: nil, replicas: nil)
    }
    #expect(costs.unpriced == ["sprx8", "of-tomorrow"])
    #expect(costs.upper == Money(usd: 292))
  }

  @Test(
    "hours beyond a day, or below none, are a day and none",
    arguments: [(48, 292), (24, 292), (0, 0), (-1, 0)] as [(Double, Double)])
  func hours(hours: Double, estimate: Double) {
    #expect(
      costs(hours: hours) { $0.add("t4-small", sleepTime: .after(seconds: 60), replicas: 1) }.estimate == Money(usd: estimate))
  }

  @Test("a live Space costs what was requested, and nothing while it is paused or has no runtime")
  func live() {
    var info = SpaceInfo(hubID: "id", address: Scene.chat)
    #expect(costs { $0.add(info) }.upper == .zero)
    info.runtime = SpaceRuntime(stage: .sleeping, hardware: .init(current: nil, requested: "t4-small"))
    info.runtime?.gcTimeout = 3600
    info.runtime?.replicas = .init(requested: .fixed(2), current: 1)
    #expect(costs { $0.add(info) }.upper == Money(usd: 584))
    #expect(costs { $0.add(info) }.estimate == Money(usd: 194.666667))
    info.runtime?.replicas = .init(requested: .auto, current: 1)
    info.runtime?.gcTimeout = -1
    #expect(costs { $0.add(info) }.estimate == Money(usd: 292))
    info.runtime?.stage = .paused
    #expect(costs { $0.add(info) }.upper == .zero)
  }

  @Test("the plan compares what is recorded and live with what is defined")
  func totals() {
    var scene = Scene.settled { $0.hardware = "t4-small" }
    #expect(scene.plan().totals.upperBefore == .zero)
    #expect(scene.plan().totals.upperAfter == Money(usd: 292))
    // What is to go and may not goes on costing.
    scene.live { $0.info.runtime?.hardware.requested = "t4-small" }
    scene.fleet = []
    #expect(scene.plan().totals.upperAfter == Money(usd: 292))
    scene.options.allowDestroy = true
    #expect(scene.plan().totals.upperAfter == .zero)
  }
}
