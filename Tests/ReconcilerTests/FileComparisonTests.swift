import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import Testing

@Suite("What changes inside files")
struct FileComparisonTests {
  private struct Contents: ContentProvider {
    func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] { Array("ours of \(path)".utf8) }
    func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8] { try bytes(of: path, in: space) }
    func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource { .bytes(try bytes(of: path, in: space)) }
    func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme? { nil }
  }

  private static let live = [
    TreeFile(path: "app.py", size: 9, git: "a"), TreeFile(path: "old.txt", size: 9, git: "b"),
    TreeFile(path: "large.txt", size: FileComparison.largestText + 1, git: "c"),
    TreeFile(path: "model.bin", size: 9, git: "d", lfsSHA256: "e"),
  ]

  private let hub = ScriptedHub { world in
    world.files = ["app.py": "theirs of app.py", "old.txt": "theirs of old.txt"]
  }

  private func scene() -> Scene {
    var scene = Scene.settled()
    scene.live { $0.content = .value(ObservedContent(files: Self.live)) }
    return scene
  }

  private func plan(_ files: [FileChange], _ action: SpacePlan.Action = .update) -> Plan {
    var space = SpacePlan(address: Scene.chat, action: action)
    space.files = files
    return Plan(project: "demos", hub: "local", spaces: [space], totals: Totals())
  }

  private func compared(_ plan: Plan) async throws -> [FileDifference?] {
    let comparison = FileComparison(hub: hub, contents: Contents()) { old, new in
      .hunks("\(String(decoding: old, as: UTF8.self)) | \(String(decoding: new, as: UTF8.self))")
    }
    return try await comparison.compared(plan, scene().observation).spaces[0].files.map(\.difference)
  }

  private func change(_ path: String, _ operation: FileChange.Operation, size: Int = 5) -> FileChange {
    FileChange(path: path, operation: operation, old: "x", new: "y", size: size)
  }

  @Test("comes of the live file at the head the plan saw, and of ours; what is not there on a side is empty")
  func sides() async throws {
    let differences = try await compared(
      plan([change("app.py", .update), change("new.py", .add), change("old.txt", .delete)]))
    #expect(
      differences == [.hunks("theirs of app.py | ours of app.py"), .hunks(" | ours of new.py"), .hunks("theirs of old.txt | ")])
    #expect(hub.calls == ["file \(Scene.chat)/app.py", "file \(Scene.chat)/old.txt"])
  }

  @Test("of large files nothing is read")
  func large() async throws {
    let differences = try await compared(
      plan([
        change("large.txt", .update), change("app.py", .update, size: FileComparison.largestText + 1),
        change("model.bin", .update),
      ]))
    #expect(differences == [.omitted("more than 256 KiB"), .omitted("more than 256 KiB"), .omitted("kept as a large file")])
    #expect(hub.calls.isEmpty)
  }

  @Test("of a Space that is not born nothing is compared")
  func unborn() async throws {
    #expect(try await compared(plan([change("app.py", .add)], .create)) == [nil])
    #expect(try await compared(plan([change("app.py", .add)], .replace)) == [nil])
  }

  @Test("of more files than anybody reads the first are compared")
  func many() async throws {
    let count = FileComparison.mostFiles + 3
    let differences = try await compared(plan((0..<count).map { change("file-\($0)", .add) }))
    #expect(differences.prefix(FileComparison.mostFiles).allSatisfy { if case .hunks = $0 { true } else { false } })
    #expect(Set(differences.suffix(3)) == [.omitted("more than 200 files differ")])
  }

  @Test("a file that cannot be read ends the plan with what was being done")
  func unreadable() async throws {
    hub.change { $0.errors["file \(Scene.chat)/app.py"] = HubError(kind: .server, call: "GET x", status: 503, message: "busy") }
    let plan = plan([change("app.py", .update)])
    let failure = await #expect(throws: Failure.self) { _ = try await compared(plan) }
    #expect(failure?.doing == "reading app.py of acme/chat, to show what changes in it")
  }
}
