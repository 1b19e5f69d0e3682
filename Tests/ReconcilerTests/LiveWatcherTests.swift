import HubAPI
import Locking
import SpaceModel
import Testing

@testable import Reconciler

@Suite("Waiting for Spaces")
struct LiveWatcherTests {
  /// A watcher whose sleeps pass at once; `onSleep` gets the round.
  private func watcher(
    _ hub: ScriptedHub, onSleep: @escaping @Sendable (Int) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) -> LiveWatcher {
    let time = Locked((seconds: 0.0, rounds: 0))
    return LiveWatcher(
      hub: hub,
      clock: ApplyClock(
        now: { Timestamp(seconds: time.withLock { $0.seconds }) },
        sleep: { seconds in
          onSleep(
            time.withLock { time in
              time.seconds += seconds
              time.rounds += 1
              return time.rounds
            })
          await Task.yield()
        }),
      report: { _ in }, isInterrupted: isInterrupted)
  }

  private func expectation(_ address: SpaceID, timeout: Double = 60) -> LiveWatcher.Expectation {
    LiveWatcher.Expectation(
      address: address, commit: Scene.head, hardware: .cpuBasic, causedRestart: true, causedCommit: true,
      managesFiles: true, timeout: timeout)
  }

  private func building(_ addresses: [SpaceID]) -> ScriptedHub {
    ScriptedHub { world in
      for address in addresses {
        world.spaces[address] = .running(address, commit: Scene.head)
        world.spaces[address]?.runtime?.stage = .building
      }
    }
  }

  @Test("many Spaces of one owner take one list a round, a single one a call of its own")
  func calls() async {
    let addresses = (0..<5).map { address("acme/s\($0)") }
    let hub = building(addresses)
    let watcher = watcher(hub) { round in
      // They are born one after the other, the last one alone at the end.
      hub.change { world in
        for address in addresses.prefix(round < 20 ? 0 : round < 40 ? 4 : 5) {
          world.spaces[address]?.runtime?.stage = .running
        }
      }
    }
    let verdicts = await withTaskGroup(of: LiveWatcher.Verdict.self) { group in
      for address in addresses { group.addTask { await watcher.wait(for: expectation(address, timeout: 1000)) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(verdicts == Array(repeating: .live, count: 5))
    #expect(hub.calls.count <= 41)
    #expect(hub.calls.contains("list acme"))
    #expect(hub.calls.contains("space acme/s4"))
  }

  @Test("waiting ends with its time, and names the stage it stopped at")
  func timeout() async {
    let verdict = await watcher(building([Scene.chat])).wait(for: expectation(Scene.chat))
    #expect(verdict == .timedOut(.building))
    let absent = await watcher(ScriptedHub()).wait(for: expectation(Scene.chat))
    #expect({ if case .unreachable = absent { true } else { false } }())
  }

  @Test("a look that fails is taken again, three in a row end the waiting")
  func failures() async {
    let error = HubError(kind: .server, call: "space", message: "no")
    let hub = building([Scene.chat])
    hub.change { $0.errors["space acme/chat"] = error }
    let recovered = watcher(hub) { round in
      hub.change { world in
        world.errors["space acme/chat"] = round < 2 ? error : nil
        world.spaces[Scene.chat]?.runtime?.stage = .running
      }
    }
    #expect(await recovered.wait(for: expectation(Scene.chat)) == LiveWatcher.Verdict.live)
    hub.change {
      $0.errors["space acme/chat"] = error
      $0.calls = []
    }
    #expect(await watcher(hub).wait(for: expectation(Scene.chat)) == .unreachable(error))
    #expect(hub.calls.count == 3)
  }

  @Test("an access that is refused is not asked for again")
  func refused() async {
    let error = HubError(kind: .forbidden, call: "space", message: "no")
    let hub = ScriptedHub { $0.errors["space acme/chat"] = error }
    #expect(await watcher(hub).wait(for: expectation(Scene.chat)) == .unreachable(error))
    #expect(hub.calls.count == 1)
  }

  @Test("a stop ends all waiting")
  func interruption() async {
    let isStopped = Locked(false)
    let watcher = watcher(
      building([Scene.chat]), onSleep: { round in if round == 3 { isStopped.withLock { $0 = true } } },
      isInterrupted: { isStopped.withLock { $0 } })
    #expect(await watcher.wait(for: expectation(Scene.chat)) == .interrupted)
  }
}
