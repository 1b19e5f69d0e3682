import Console
import HubAPI
import Reports
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("The status of a fleet")
struct StatusTests {
  private func space(
    _ name: String, recorded: String? = "abcdef1234", _ change: (inout SpaceInfo) -> Void = { _ in }
  ) -> FleetStatus.Space {
    var info = SpaceInfo(hubID: "id", address: address(name))
    info.sha = "abcdef1234"
    info.runtime = SpaceRuntime(stage: .running, hardware: .init(current: .cpuBasic, requested: .cpuBasic))
    info.runtime?.sha = "abcdef1234"
    change(&info)
    return FleetStatus.Space(
      address: address(name), info: info, recorded: recorded.map { RecordedContent(digest: "sha256:d", commit: $0) })
  }

  private var fleet: FleetStatus {
    FleetStatus(spaces: [
      space("acme/api") {
        $0.runtime?.stage = .buildError
        $0.runtime?.errorMessage = "exit code 1\u{1B}[2J\nsecond line"
        $0.runtime?.hardware = .init(current: nil, requested: "t4-small")
      },
      space("acme/chat"),
      space("acme/edited", recorded: "0123456789") { $0.runtime?.sha = "fedcba9876" },
      FleetStatus.Space(address: address("acme/lost"), info: nil, recorded: nil),
      space("acme/moving", recorded: nil) {
        $0.runtime?.stage = .runningBuilding
        $0.runtime?.hardware = .init(current: .cpuBasic, requested: "t4-small")
      },
      space("acme/silent", recorded: nil) {
        $0.sha = nil
        $0.runtime = nil
      },
      space("acme/strange") { $0.runtime?.stage = "NEW\u{1B}[31m日本" },
    ])
  }

  @Test("is a table for people, with what the Hub says of errors below")
  func human() throws {
    try Golden.expect(StatusText(style: .plain).text(fleet), "status.txt")
    let painted = StatusText(style: Style(isColoured: true)).text(fleet)
    #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == StatusText(style: .plain).text(fleet))
    #expect(painted.contains("\u{1B}[31mBUILD_ERROR\u{1B}[0m") && painted.contains("\u{1B}[32mRUNNING\u{1B}[0m"))
  }

  @Test("has a stable form for programs")
  func json() throws { try Golden.expect(fleet.json.prettyText, "status.json") }

  @Test("is healthy when every Space is seen and none is in an error stage")
  func health() {
    #expect(!fleet.isHealthy)
    let paused = FleetStatus(spaces: [space("acme/chat"), space("acme/off") { $0.runtime?.stage = .paused }])
    #expect(paused.isHealthy)
    let lost = FleetStatus(spaces: [FleetStatus.Space(address: address("acme/lost"), info: nil, recorded: nil)])
    #expect(!lost.isHealthy)
  }

  @Test("counts what runs for now, and what was asked for as the month's upper bound")
  func cost() {
    let gpu = space("acme/gpu") {
      $0.runtime?.hardware = .init(current: "t4-small", requested: "t4-small")
      $0.runtime?.replicas = .init(requested: .fixed(2), current: 2)
    }
    let hour = HardwareCatalogue.published["t4-small"]?.hourly ?? .zero
    let status = FleetStatus(spaces: [gpu, space("acme/free")])
    #expect(hour > .zero)
    #expect(status.hourlyNow == hour * 2)
    #expect(status.monthly == hour * (2 * 730))
    for (stage, runs) in [
      (Stage.building, false), (.runningBuilding, true), (.appStarting, true), (.sleeping, false), (.buildError, false),
    ] {
      var other = gpu
      other.info?.runtime?.stage = stage
      #expect(status.hourlyNow(other) == (runs ? hour * 2 : .zero), "\(stage)")
      #expect(status.monthly(other) == hour * (2 * 730), "\(stage)")
    }
    var paused = gpu
    paused.info?.runtime?.stage = .paused
    #expect(status.hourlyNow(paused) == .zero && status.monthly(paused) == .zero)
    let unknown = space("acme/new") { $0.runtime?.hardware = .init(current: "new-gpu", requested: "new-gpu") }
    #expect(status.hourlyNow(unknown) == nil && status.monthly(unknown) == nil)
    #expect(StatusText(style: .plain).text(FleetStatus(spaces: [unknown])).contains("new-gpu   ?           ?        abcdef1"))
  }

  @Test("says where a Space is that was moved")
  func moved() {
    let moved = FleetStatus(spaces: [
      FleetStatus.Space(address: address("acme/old"), info: nil, recorded: nil, movedTo: address("acme/new"))
    ])
    #expect(StatusText(style: .plain).text(moved).contains("acme/old  MOVED to acme/new  -"))
    #expect(moved.json["spaces"]?.arrayValue?.first?["moved_to"] == "acme/new")
    #expect(!moved.isHealthy)
  }

  @Test("is compared with the one before, a line for each Space that changed")
  func changes() throws {
    let old = FleetStatus(spaces: [space("acme/a"), space("acme/b"), space("acme/c")])
    var new = old
    new.spaces[1].info?.runtime?.stage = .runningBuilding
    new.spaces[1].info?.runtime?.hardware.requested = "t4-small"
    new.spaces[1].info?.sha = "0123456789"
    new.spaces[2].info = nil
    // What `--watch` writes where nothing can be drawn anew: the table, then a line for each Space that changed.
    let lines = StatusChanges.lines(from: old, to: new).map { $0 + "\n" }.joined()
    try Golden.expect(StatusText(style: .plain).text(old) + lines, "status-watch.txt")
    #expect(StatusChanges.lines(from: old, to: old).isEmpty)
  }

  @Test("has a word for a lock without Spaces")
  func empty() { #expect(StatusText(style: .plain).text(FleetStatus(spaces: [])) == "The lock records no Space.\n") }
}
