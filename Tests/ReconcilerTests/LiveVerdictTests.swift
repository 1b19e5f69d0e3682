import HubAPI
import SpaceModel
import Testing

@testable import Reconciler

@Suite("What counts as live")
struct LiveVerdictTests {
  /// One look at a Space that is waited for, and what it decides.
  struct Look: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var stage: Stage
    /// The commit that runs, as the runtime names it; nil where it names none.
    var running: String? = "new"
    var head: String? = "new"
    var sdk: SDK = .docker
    var current: Flavour? = "t4-small"
    var awaited: String? = "new"
    var hardware: Flavour? = "t4-small"
    var restarted = false
    var committed = false
    var managesFiles = true
    var sawTransition = false
    var elapsed = 0.0
    var wanted: LiveWatcher.Verdict?

    init(_ text: String, _ stage: Stage, _ wanted: LiveWatcher.Verdict?, _ change: (inout Look) -> Void = { _ in }) {
      testDescription = text
      self.stage = stage
      self.wanted = wanted
      change(&self)
    }

    var verdict: LiveWatcher.Verdict? {
      var info = SpaceInfo(hubID: "id", address: Scene.chat)
      info.sha = head
      info.sdk = sdk
      var runtime = SpaceRuntime(stage: stage, hardware: .init(current: current, requested: hardware))
      runtime.sha = running
      runtime.errorMessage = "exit 1"
      return LiveWatcher.verdict(
        LiveWatcher.Expectation(
          address: Scene.chat, commit: awaited, hardware: hardware, causedRestart: restarted, causedCommit: committed,
          managesFiles: managesFiles, timeout: 1800),
        info, runtime, sawTransition: sawTransition, elapsed: elapsed)
    }
  }

  private static func byCommit(_ look: inout Look) {
    look.restarted = true
    look.committed = true
  }

  private static func byRestart(_ look: inout Look) { look.restarted = true }

  static let runningLooks: [Look] = [
    Look("the commit runs on the hardware, in a healthy stage", .running, .live),
    Look("our commit runs: its id is proof enough", .running, .live, byCommit),
    Look("another commit runs", .running, nil) { $0.running = "old" },
    Look("another commit runs, however long it takes", .running, nil) {
      byCommit(&$0)
      $0.running = "old"
      $0.elapsed = 1000
    },
    Look("the hardware is not there yet", .running, nil) { $0.current = .cpuBasic },
    Look("no hardware is there", .running, nil) { $0.current = nil },
    Look("hardware that is not managed does not matter", .running, .live) { $0.hardware = nil },
    Look("files that are not managed do not matter", .running, .live) {
      $0.awaited = nil
      $0.running = "any"
    },
    Look("a static Space names no running commit: head and stage are the proof", .running, .live) {
      byCommit(&$0)
      $0.sdk = .static
      $0.running = nil
      $0.hardware = nil
      $0.current = nil
    },
    Look("a static Space with another head", .running, nil) {
      $0.sdk = .static
      $0.running = nil
      $0.head = "old"
    },
    Look("an app without a named commit is not taken for the new one at once", .running, nil) {
      byCommit(&$0)
      $0.running = nil
    },
    Look("an app without a named commit, after the grace", .running, .live) {
      byCommit(&$0)
      $0.running = nil
      $0.elapsed = 30
    },
  ]

  static let restartsLooks: [Look] = [
    Look("an old healthy stage proves nothing after a restart", .running, nil, byRestart),
    Look("a change of stage was seen and left", .running, .live) {
      byRestart(&$0)
      $0.sawTransition = true
    },
    Look("just before the grace ends", .running, nil) {
      byRestart(&$0)
      $0.elapsed = 29.9
    },
    Look("30 seconds have passed", .running, .live) {
      byRestart(&$0)
      $0.elapsed = 30
    },
    Look("building", .building, nil) { $0.elapsed = 1000 },
    Look("starting", .appStarting, nil) { $0.elapsed = 1000 },
    Look("the old app runs beside a build", .runningBuilding, nil) { $0.elapsed = 1000 },
    Look("the old app runs beside the new one that starts", .runningAppStarting, nil) { $0.elapsed = 1000 },
    Look("being deleted", .deleting, nil) { $0.elapsed = 1000 },
    Look("a stage of the future", "NEW_STAGE", nil) { $0.elapsed = 1000 },
  ]

  static let restsLooks: [Look] = [
    Look("asleep, and not woken by us", .sleeping, .live),
    Look("stopped, and not by us", .stopped, .live),
    Look("asleep while our restart is awaited", .sleeping, nil, byRestart),
    Look("stopped while our commit is awaited", .stopped, nil, byCommit),
    Look("asleep again after our restart was seen", .sleeping, .live) {
      byRestart(&$0)
      $0.sawTransition = true
    },
    Look("asleep with the old commit after a build was seen", .sleeping, nil) {
      byCommit(&$0)
      $0.sawTransition = true
      $0.running = "old"
    },
    Look("paused is reported", .paused, .paused),
    Look("paused is reported whatever we caused", .paused, .paused, byCommit),
  ]

  static let errorsLooks: [Look] = [
    Look("the build of our commit fails", .buildError, .failed(.buildError, "exit 1"), byCommit),
    Look("the configuration is refused", .configError, .failed(.configError, "exit 1"), byCommit),
    Look("the app of our commit fails", .runtimeError, .failed(.runtimeError, "exit 1"), byCommit),
    Look("an error that was there before we came is one", .runtimeError, .failed(.runtimeError, "exit 1")),
    Look("the error of the commit before is not ours", .buildError, nil) {
      byCommit(&$0)
      $0.running = "old"
    },
    Look("an error that stays past the grace is ours", .buildError, .failed(.buildError, "exit 1")) {
      byCommit(&$0)
      $0.running = "old"
      $0.elapsed = 30
    },
    Look("an error before our restart shows", .runtimeError, nil, byRestart),
    Look("an error after our restart showed", .runtimeError, .failed(.runtimeError, "exit 1")) {
      byRestart(&$0)
      $0.sawTransition = true
    },
    Look("no app file, where we manage the files", .noAppFile, .failed(.noAppFile, "exit 1"), byCommit),
    Look("no app file, where we do not", .noAppFile, nil) {
      $0.awaited = nil
      $0.managesFiles = false
      $0.elapsed = 1000
    },
  ]

  @Test("running: the commit, the hardware and the stage decide", arguments: runningLooks)
  func running(look: Look) { #expect(look.verdict == look.wanted) }

  @Test("a restart has to be seen, or 30 seconds have to pass", arguments: restartsLooks)
  func restarts(look: Look) { #expect(look.verdict == look.wanted) }

  @Test("a Space at rest is live unless we caused a restart; a paused one is never waited for", arguments: restsLooks)
  func rests(look: Look) { #expect(look.verdict == look.wanted) }

  @Test("an error stage fails when it is of what was asked for", arguments: errorsLooks)
  func errors(look: Look) { #expect(look.verdict == look.wanted) }
}
