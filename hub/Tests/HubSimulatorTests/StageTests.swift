import HubAPI
import HubSimulator
import SpaceModel
import Testing

@Suite struct StageTests {
  @Test func aNewSpaceBuildsThenStartsThenRuns() throws {
    var story = try Story()
    let id = try story.create()
    #expect(try story.stage(id) == .building)
    #expect(try story.space(id).life.current == nil)
    story.pass(20)
    #expect(try story.stage(id) == .appStarting)
    #expect(try story.space(id).life.deployed == nil)
    story.pass(5)
    let space = try story.space(id)
    #expect(space.life.stage == .running)
    #expect(space.life.current == .cpuBasic)
    #expect(space.life.deployed == space.repository.head)
  }

  @Test func aRunningSpaceServesTheOldCommitUntilTheNewOneRuns() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    let before = try story.space(id).life.deployed
    let new = try story.commit(["app.py": "print(1)\n"], to: id)
    #expect(try story.stage(id) == .runningBuilding)
    story.pass(20)
    #expect(try story.stage(id) == .runningAppStarting)
    #expect(try story.space(id).life.deployed == before)
    story.pass(5)
    #expect(try story.stage(id) == .running)
    #expect(try story.space(id).life.deployed == new)
  }

  @Test func aChangedKeyRestartsWithoutAFullBuild() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    try story.world.setVariable("LEVEL", value: "info", note: nil, of: id, by: story.local, at: story.now)
    #expect(try story.stage(id) == .runningBuilding)
    story.pass(7)
    #expect(try story.stage(id) == .running)
  }

  @Test func keysWrittenDuringABuildStartItAgainOnce() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(15)
    try story.world.setVariable("LEVEL", value: "info", note: nil, of: id, by: story.local, at: story.now)
    story.pass(10)
    #expect(try story.stage(id) == .building)
    story.pass(15)
    #expect(try story.stage(id) == .running)
  }

  @Test func hardwareIsRequestedAtOnceAndCurrentWhenItRuns() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    try story.world.requestHardware("t4-small", sleepSeconds: 3600, for: id, by: story.local, at: story.now)
    #expect(try story.space(id).life.requested == "t4-small")
    #expect(try story.space(id).life.current == .cpuBasic)
    #expect(try story.space(id).gcTimeout == 3600)
    story.pass(10)
    #expect(try story.space(id).life.current == "t4-small")
  }

  @Test func theSameNameAsVariableAndSecretIsAConfigurationError() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    try story.world.setVariable("KEY", value: "x", note: nil, of: id, by: story.local, at: story.now)
    try story.world.setSecret("KEY", sha256: "0", note: nil, of: id, by: story.local, at: story.now)
    #expect(try story.stage(id) == .configError)
    #expect(try story.space(id).life.errorMessage == "Collision on variables and secrets names")
    try story.world.deleteVariable("KEY", of: id, by: story.local, at: story.now)
    story.pass(30)
    #expect(try story.stage(id) == .running)
  }

  @Test func aDockerSpaceWithoutDockerfileHasNoAppFile() throws {
    var story = try Story()
    let id = try story.create(files: [])
    story.pass(1)
    #expect(try story.stage(id) == .noAppFile)
    _ = try story.commit(["Dockerfile": "FROM scratch\n"], to: id)
    story.pass(25)
    #expect(try story.stage(id) == .running)
  }

  @Test func theCardNamesTheAppFileOfAGradioSpace() throws {
    var story = try Story()
    let id = try story.create(sdk: .gradio, files: [("demo.py", [])])
    story.pass(30)
    #expect(try story.stage(id) == .noAppFile)
    _ = try story.commit(["README.md": "---\nsdk: gradio\napp_file: demo.py\n---\n"], to: id)
    story.pass(25)
    #expect(try story.stage(id) == .running)
  }

  @Test(arguments: [(BuildMarker.buildError, Stage.buildError), (.runtimeError, .runtimeError)])
  func aMarkerInAFileMakesTheSpaceFail(marker: BuildMarker, stage: Stage) throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    _ = try story.commit(["Dockerfile": "FROM scratch\n# spaceform-hub: \(marker.rawValue)\n"], to: id)
    story.pass(25)
    let life = try story.space(id).life
    #expect(life.stage == stage)
    #expect(life.errorMessage?.isEmpty == false)
    #expect((life.buildLog + life.runLog).contains { $0.text.contains(marker.rawValue) })
    _ = try story.commit(["Dockerfile": "FROM scratch\n"], to: id)
    story.pass(25)
    #expect(try story.stage(id) == .running)
  }

  @Test func aPausedSpaceStaysPausedWhateverIsWritten() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    try story.world.pause(id, by: story.local, at: story.now)
    try story.world.setVariable("A", value: "b", note: nil, of: id, by: story.local, at: story.now)
    _ = try story.commit(["x": "y"], to: id)
    story.pass(100)
    #expect(try story.stage(id) == .paused)
    #expect(try story.space(id).life.current == nil)
    try story.world.restart(id, factory: false, by: story.local, at: story.now)
    #expect(try story.stage(id) == .building)
    story.pass(25)
    #expect(try story.stage(id) == .running)
  }

  @Test func theAssumptionDecidesWhetherAWriteWakesAPausedSpace() throws {
    var story = try Story("paused-write=restart")
    let id = try story.create()
    story.pass(30)
    try story.world.pause(id, by: story.local, at: story.now)
    try story.world.setVariable("A", value: "b", note: nil, of: id, by: story.local, at: story.now)
    #expect(try story.stage(id) == .building)
  }

  @Test func aStaticSpaceRunsAtOnceAndRefusesRuntimeActions() throws {
    var story = try Story()
    let id = try story.create(sdk: .static)
    #expect(try story.stage(id) == .running)
    #expect(try story.space(id).life.requested == nil)
    let caller = story.local
    let now = story.now
    #expect(refusal { try story.world.pause(id, by: caller, at: now) }?.status == 400)
    #expect(refusal { try story.world.restart(id, factory: false, by: caller, at: now) }?.status == 400)
    #expect(refusal { try story.world.setDevMode(true, of: id, by: caller, at: now) }?.status == 400)
    #expect(refusal { try story.world.setVolumes([], of: id, by: caller, at: now) }?.status == 400)
  }

  @Test func freeHardwareHasAFixedSleepTime() throws {
    var story = try Story()
    let id = try story.create()
    try story.world.setSleepTime(60, of: id, by: story.local, at: story.now)
    #expect(try story.space(id).gcTimeout == 172_800)
  }

  @Test func anIdleSpaceFallsAsleepWhenAssumed() throws {
    var story = try Story("idle-sleep=yes")
    let id = try story.create(hardware: "t4-small")
    try story.world.setSleepTime(300, of: id, by: story.local, at: story.now)
    try story.world.restart(id, factory: false, by: story.local, at: story.now)
    story.pass(26)
    #expect(try story.stage(id) == .running)
    story.pass(300)
    #expect(try story.stage(id) == .sleeping)
    #expect(try story.space(id).life.current == nil)
  }
}
