import HubAPI
import HubSimulator
import SpaceModel
import Testing

/// What a Space's life looks like under switches, with visitors, and in its logs.
@Suite struct AssumedLifeTests {
  @Test func aVisitorWakesASleepingSpaceAndKeepsARunningOneAwake() throws {
    var story = try Story("idle-sleep=yes")
    let id = try story.create(hardware: "t4-small")
    try story.world.setSleepTime(300, of: id, by: story.local, at: story.now)
    story.pass(60)
    #expect(try story.stage(id) == .running)
    story.pass(200)
    try story.world.visit(id, at: story.now)
    story.pass(200)
    #expect(try story.stage(id) == .running)
    story.pass(101)
    #expect(try story.stage(id) == .sleeping)
    try story.world.visit(id, at: story.now)
    #expect(try story.stage(id) == .appStarting)
    story.pass(5)
    #expect(try story.stage(id) == .running)
    #expect(try story.space(id).life.current == "t4-small")
  }

  @Test func aVisitorWakesNoPausedSpace() throws {
    var story = try Story()
    let id = try story.create()
    story.pass(30)
    try story.world.pause(id, by: story.local, at: story.now)
    try story.world.visit(id, at: story.now)
    story.pass(30)
    #expect(try story.stage(id) == .paused)
  }

  @Test(arguments: [("create-hardware=honour", "t4-small" as Flavour), ("create-hardware=ignore", .cpuBasic)])
  func theAssumptionDecidesWhetherACreateTakesHardware(assumed: String, begins: Flavour) throws {
    var story = try Story(assumed)
    let id = try story.create(hardware: "t4-small")
    #expect(try story.space(id).life.requested == begins)
  }

  @Test func findingAnotherMachineTakesAsLongAsAssumed() throws {
    var story = try Story("hardware-seconds=600")
    let id = try story.create()
    story.pass(30)
    try story.world.requestHardware("t4-small", sleepSeconds: nil, for: id, by: story.local, at: story.now)
    story.pass(599)
    #expect(try story.space(id).life.current == .cpuBasic)
    story.pass(60)
    #expect(try story.space(id).life.current == "t4-small")
    // A key needs no other machine.
    try story.world.setVariable("LEVEL", value: "info", note: nil, of: id, by: story.local, at: story.now)
    story.pass(10)
    #expect(try story.stage(id) == .running)
  }

  @Test func theBuildLogTellsTheStepsOfTheDockerfileAsTheyHappen() throws {
    var story = try Story()
    let id = try story.create(
      files: [("Dockerfile", Array("# the base\nFROM python:3.12\nRUN pip install \\\n  flask\nCMD [\"app\"]\n".utf8))])
    func shown() throws -> [String] {
      let now = story.now
      let life = try story.space(id).life
      return life.buildLog.filter { $0.at <= now }.map(\.text)
    }
    #expect(try shown().filter { $0.hasPrefix("-->") } == ["--> FROM python:3.12"])
    story.pass(20)
    #expect(
      try shown().filter { $0.hasPrefix("-->") } == [
        "--> FROM python:3.12", "--> RUN pip install flask", "--> CMD [\"app\"]", "--> Pushing image",
      ])
    story.pass(5)
    let life = try story.space(id).life
    #expect(life.runLog.first?.text.hasPrefix("===== Application Startup at ") == true)
    #expect(life.runLog.last?.text == "Running on http://0.0.0.0:7860")
  }

  @Test func aBuildThatIsDelayedComesLaterAndSoDoesItsLog() throws {
    var story = try Story()
    let id = try story.create()
    let done = try story.space(id).life.buildLog.last?.at
    story.world.delay(id, bySeconds: 600, at: story.now)
    story.pass(600)
    #expect(try story.stage(id) == .building)
    #expect(try story.space(id).life.buildLog.last?.at == done?.advanced(bySeconds: 600))
    story.pass(25)
    #expect(try story.stage(id) == .running)
  }
}
