import HubAPI
import HubSimulator
import SpaceModel
import Testing

/// A world, its clock and two callers, for tests that read as a story.
struct Story {
  var world: World
  var now = Timestamp(milliseconds: 1_780_000_000_000)
  let local: Caller
  let readonly: Caller

  init(_ assumed: String...) throws {
    var assumptions = Assumptions()
    for text in assumed { try assumptions.set(text) }
    world = .standard(assumptions: assumptions)
    local = try world.caller(token: "hf_local", at: now)
    readonly = try world.caller(token: "hf_readonly", at: now)
  }

  mutating func pass(_ seconds: Double) { now = now.advanced(bySeconds: seconds) }

  /// A Docker Space with a Dockerfile, unless told otherwise.
  @discardableResult
  mutating func create(
    _ address: String = "acme/chat", sdk: SDK = .docker, hardware: Flavour? = nil,
    files: [(path: String, bytes: [UInt8])] = [("Dockerfile", Array("FROM scratch\n".utf8))],
    by caller: Caller? = nil
  ) throws -> SpaceID {
    let id = try #require(SpaceID(address))
    var request = Creation(id: id, sdk: sdk)
    request.visibility = .private
    request.hardware = hardware
    request.files = sdk == .static ? [] : files
    _ = try world.create(request, by: caller ?? local, at: now)
    return id
  }

  mutating func space(_ id: SpaceID) throws -> Space {
    let hubID = try world.locate(id, for: local, .read)
    let space = world.settled(hubID, at: now)
    return try #require(space)
  }

  mutating func stage(_ id: SpaceID) throws -> Stage { try space(id).life.stage }

  mutating func commit(_ files: [String: String], to id: SpaceID, parent: String? = nil) throws -> String {
    var commit = PreparedCommit(title: "change", parent: parent)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { commit.add(file: path, bytes: Array(text.utf8)) }
    return try world.commit(commit, to: id, by: local, at: now)
  }
}

/// The refusal a call ends in; the test fails when there is none.
func refusal<Result>(_ body: () throws -> Result) -> Refusal? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? Refusal
  }
}
