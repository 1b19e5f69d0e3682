import Diagnostics
import HubAPI
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("Settling what an apply left open")
struct JournalSettlementTests {
  private static let start = Timestamp(seconds: 1_000_000)

  private func intent(_ operation: Intent.Operation, _ details: [String: JSONValue] = [:]) -> Intent {
    Intent(id: "i1", space: Scene.chat, operation: operation, details: details, at: Self.start)
  }

  private func lock(_ change: (inout LockRecord) -> Void = { _ in }) -> Lock {
    var record = LockRecord(hubID: "id-chat")
    change(&record)
    return Lock(project: "demos", hub: "local", spaces: [Scene.chat: record])
  }

  private let empty = Lock(project: "demos", hub: "local")

  private func settle(
    _ hub: ScriptedHub, _ lock: Lock, _ intent: Intent, _ status: Outcome.Status? = nil, _ result: [String: JSONValue] = [:],
    after seconds: Double = 60, isOwn: Bool = true
  ) async throws -> JournalSettlement.Report {
    let outcome = status.map { Outcome(intent: intent.id, status: $0, result: result) }
    let journal = OpenJournal(
      baseLock: isOwn ? LockCodec.digest(lock) : "sha256:another", entries: [.init(intent: intent, outcome: outcome)])
    return try await JournalSettlement(hub: hub, now: { Self.start.advanced(bySeconds: seconds) }).settle(journal, lock: lock)
  }

  private func born(_ seconds: Double, commits: [CommitRecord] = [CommitRecord(id: "first", title: "initial commit")])
    -> ScriptedHub
  {
    ScriptedHub {
      $0.spaces[Scene.chat] = .running(Scene.chat)
      $0.spaces[Scene.chat]?.createdAt = Self.start.advanced(bySeconds: seconds)
      $0.commits[Scene.chat] = commits
    }
  }

  private func marked(_ id: String) -> CommitRecord {
    CommitRecord(id: "c0ffee0000", title: "Update", message: "by hand\nSpaceform-Intent: \(id)")
  }

  @Test("what the Hub refused is settled without a call")
  func refused() async throws {
    let hub = ScriptedHub()
    let report = try await settle(hub, empty, intent(.create), .failed)
    #expect(report.lock == empty && report.notes.isEmpty && hub.calls.isEmpty)
  }

  @Test("a create is ours when it was born after the intent and holds nothing of others")
  func created() async throws {
    for (seconds, commits) in [
      (1.0, [CommitRecord(id: "first", title: "initial commit")]), (-2, [marked("i1"), .init(id: "first", title: "x")]),
    ] {
      let report = try await settle(born(seconds, commits: commits), empty, intent(.create), .uncertain)
      #expect(report.lock.spaces[Scene.chat] == LockRecord(hubID: "id-chat"))
      #expect(report.notes == ["acme/chat was created before the last apply ended"])
      #expect(report.openCreations.isEmpty)
    }
  }

  @Test("a Space that is older, or holds commits of others, is not ours")
  func foreignCreation() async throws {
    let older = try await settle(born(-3), empty, intent(.create))
    #expect(older.lock == empty)
    #expect(older.notes.first?.contains("before the intent") == true)
    let others = [CommitRecord(id: "c1", title: "theirs"), CommitRecord(id: "first", title: "x")]
    let touched = try await settle(born(1, commits: others), empty, intent(.create))
    #expect(touched.notes == ["acme/chat exists and is not ours: it has commits of others"])
  }

  @Test("a Space that was born during the create and renamed since is ours, whoever has committed to it; one born later is not")
  func renamedCreation() async throws {
    let renamed = address("acme/renamed")
    let others = [CommitRecord(id: "c1", title: "theirs"), CommitRecord(id: "first", title: "x")]
    func hub(born seconds: Double) -> ScriptedHub {
      ScriptedHub {
        $0.spaces[Scene.chat] = .running(renamed)
        $0.spaces[Scene.chat]?.createdAt = Self.start.advanced(bySeconds: seconds)
        $0.commits[renamed] = others
      }
    }
    let ours = try await settle(hub(born: 1), empty, intent(.create))
    #expect(ours.lock.spaces[Scene.chat]?.hubID == SpaceInfo.running(renamed).hubID)
    let later = try await settle(hub(born: 600), empty, intent(.create))
    #expect(later.lock == empty)
    // One that is recorded already is not the one that was to be made.
    let known = Lock(
      project: "demos", hub: "local", spaces: [renamed: LockRecord(hubID: SpaceInfo.running(renamed).hubID)])
    #expect(try await settle(hub(born: 1), known, intent(.create)).lock == known)
  }

  @Test(
    "a Space that was gone and is made again is the new one, whatever the record of the old one says; under another lock the record stays"
  )
  func madeAgain() async throws {
    let old = lock { $0.hubID = "gone" }
    let found = try await settle(born(1), old, intent(.create), .uncertain)
    #expect(found.lock.spaces[Scene.chat]?.hubID == "id-chat")
    let confirmed = try await settle(ScriptedHub(), old, intent(.create), .done, ["hub_id": "id-new"])
    #expect(confirmed.lock.spaces[Scene.chat]?.hubID == "id-new")
    let known = lock { $0.settings["hardware"] = "cpu-basic" }
    #expect(try await settle(born(1), known, intent(.create), .uncertain).lock == known)
    #expect(try await settle(born(1), old, intent(.create), .done, ["hub_id": "id-new"], isOwn: false).lock == old)
  }

  @Test("what a create was to make visible is recorded, for lists cannot tell it: found by reading, and confirmed")
  func visibilityOfCreation() async throws {
    let intent = intent(.create, ["visibility": "protected"])
    let found = try await settle(born(1), empty, intent, .uncertain)
    #expect(found.lock.spaces[Scene.chat]?.settings == ["visibility": "protected"])
    let confirmed = try await settle(ScriptedHub(), empty, intent, .done, ["hub_id": "id-chat"])
    #expect(confirmed.lock.spaces[Scene.chat]?.settings == ["visibility": "protected"])
  }

  @Test("a create of which nothing is seen stays open while its call may still arrive")
  func absentCreation() async throws {
    let early = try await settle(ScriptedHub(), empty, intent(.create), .uncertain, after: 599)
    #expect(Array(early.openCreations.keys) == [Scene.chat])
    let late = try await settle(ScriptedHub(), empty, intent(.create), .uncertain, after: 600)
    #expect(late.openCreations.isEmpty)
    #expect(late.notes == ["acme/chat was not created before the last apply ended"])
    // The intent's time is the Hub's, so the age is too.
    let ahead = try await settle(ScriptedHub { $0.clockOffset = -100 }, empty, intent(.create), after: 650)
    #expect(!ahead.openCreations.isEmpty)
  }

  @Test("a create the Hub confirmed is ours by its id, also when the Space is gone or renamed since, so that the plan says so")
  func confirmedCreation() async throws {
    for hub in [born(-1000), born(0), ScriptedHub()] {
      let report = try await settle(hub, empty, intent(.create), .done, ["hub_id": "id-chat"])
      #expect(report.lock.spaces[Scene.chat]?.hubID == "id-chat")
      #expect(report.openCreations.isEmpty)
    }
    let moved = Lock(project: "demos", hub: "local", spaces: [Scene.api: LockRecord(hubID: "id-chat")])
    let report = try await settle(born(0), moved, intent(.create), .done, ["hub_id": "id-chat"])
    #expect(report.lock == moved)
  }

  @Test("a commit is recognised by its mark, and is not live yet")
  func commit() async throws {
    let before = lock { $0.content = RecordedContent(digest: "sha256:old", commit: "old", live: "old") }
    let report = try await settle(
      born(0, commits: [marked("i1"), .init(id: "first", title: "x")]), before, intent(.commit, ["digest": "sha256:new"]),
      .uncertain)
    #expect(
      report.lock.spaces[Scene.chat]?.content == RecordedContent(digest: "sha256:new", commit: "c0ffee0000", live: "old"))
    #expect(report.notes == ["the files of acme/chat were committed as c0ffee0 before the last apply ended"])
    let another = try await settle(
      born(0, commits: [marked("i2"), .init(id: "first", title: "x")]), before, intent(.commit, ["digest": "sha256:new"]))
    #expect(another.lock == before && another.notes.isEmpty)
  }

  @Test("a commit the Hub confirmed needs no call")
  func confirmedCommit() async throws {
    let hub = ScriptedHub()
    let report = try await settle(hub, lock(), intent(.commit, ["digest": "sha256:new"]), .done, ["commit": "abc"])
    #expect(report.lock.spaces[Scene.chat]?.content?.commit == "abc")
    #expect(hub.calls.isEmpty)
  }

  @Test("under another lock a confirmed commit is looked for on the Hub, and an older one does not replace a recorded one")
  func confirmedCommitOfAnotherLock() async throws {
    let unread = try await settle(
      ScriptedHub(), lock(), intent(.commit, ["digest": "sha256:new"]), .done, ["commit": "abc"], isOwn: false)
    #expect(unread.lock == lock())
    let recorded = lock { $0.content = RecordedContent(digest: "sha256:later", commit: "later", live: "later") }
    let history = [CommitRecord(id: "later", title: "x"), marked("i1"), CommitRecord(id: "first", title: "x")]
    let report = try await settle(
      born(0, commits: history), recorded, intent(.commit, ["digest": "sha256:new"]), .done, ["commit": "c0ffee0000"],
      isOwn: false)
    #expect(report.lock == recorded)
  }

  @Test("a commit of which nothing is seen stays open while its call may still arrive and its parent is the head")
  func openCommit() async throws {
    let details: [String: JSONValue] = ["digest": "sha256:new", "parent": "first"]
    let before = lock { $0.content = RecordedContent(digest: "sha256:old", commit: "first", live: "first") }
    #expect(try await settle(born(0), before, intent(.commit, details), .uncertain).openCommits == [Scene.chat])
    #expect(try await settle(born(0), before, intent(.commit, details), .uncertain, after: 700).openCommits.isEmpty)
    let grown = born(0, commits: [CommitRecord(id: "other", title: "x"), CommitRecord(id: "first", title: "x")])
    #expect(try await settle(grown, before, intent(.commit, details), .uncertain).openCommits.isEmpty)
  }

  @Test("of several creates of one Space the first one tells when it can have been born")
  func severalCreations() async throws {
    let late = Intent(id: "i2", space: Scene.chat, operation: .create, at: Self.start.advanced(bySeconds: 40))
    let journal = OpenJournal(baseLock: nil, entries: [.init(intent: intent(.create)), .init(intent: late)])
    let now = { @Sendable in Self.start.advanced(bySeconds: 60) }
    let absent = try await JournalSettlement(hub: ScriptedHub(), now: now).settle(journal, lock: empty)
    #expect(absent.openCreations[Scene.chat]?.id == "i1")
    let there = try await JournalSettlement(hub: born(10), now: now).settle(journal, lock: empty)
    #expect(there.lock.spaces[Scene.chat]?.hubID == "id-chat")
  }

  @Test("a deletion is done when the recorded Space is not at its address any more")
  func deletion() async throws {
    #expect(try await settle(ScriptedHub(), lock(), intent(.delete)).lock.spaces.isEmpty)
    #expect(try await settle(born(0), lock(), intent(.delete)).lock == lock())
    let another = ScriptedHub { $0.spaces[Scene.chat] = .running(Scene.chat, hubID: "another") }
    #expect(try await settle(another, lock(), intent(.delete)).lock.spaces.isEmpty)
  }

  @Test("a move is done when the new address holds the recorded Space")
  func move() async throws {
    var before = empty
    before.spaces[Scene.api] = LockRecord(hubID: "id-chat")
    let details: [String: JSONValue] = ["from": "acme/api"]
    let done = try await settle(born(0), before, intent(.move, details))
    #expect(Array(done.lock.spaces.keys) == [Scene.chat])
    #expect(done.notes == ["acme/api was moved to acme/chat before the last apply ended"])
    #expect(try await settle(ScriptedHub(), before, intent(.move, details)).lock == before)
    let redirected = ScriptedHub { $0.spaces[Scene.chat] = .running(Scene.api, hubID: "id-chat") }
    #expect(try await settle(redirected, before, intent(.move, details)).lock == before)
  }

  @Test("a secret is never provable: its record goes, so that it is written again")
  func secret() async throws {
    let before = lock { $0.secrets = ["A": RecordedSecret(updatedAt: nil), "B": RecordedSecret(updatedAt: nil)] }
    let hub = ScriptedHub()
    for status in [Outcome.Status?.none, .uncertain] {
      let report = try await settle(hub, before, intent(.setSecret, ["key": "A"]), status)
      #expect(report.lock.spaces[Scene.chat]?.secrets.keys.sorted() == ["B"])
    }
    #expect(hub.calls.isEmpty)
  }

  @Test(
    "everything else is left to the next plan, without a call",
    arguments: [
      .visibility, .resourceGroup, .hardware, .sleepTime, .replicas, .devMode, .setVariable, .deleteVariable, .deleteSecret,
      .volumes,
    ] as [Intent.Operation])
  func compared(operation: Intent.Operation) async throws {
    let hub = ScriptedHub()
    let report = try await settle(hub, lock(), intent(operation), .uncertain)
    #expect(report.lock == lock() && report.notes.isEmpty && hub.calls.isEmpty)
  }

  @Test("a Hub that cannot be asked settles nothing")
  func unreachable() async throws {
    let hub = ScriptedHub { $0.errors["space acme/chat"] = HubError(kind: .transport, call: "space", message: "no route") }
    await #expect(throws: Failure.self) { _ = try await settle(hub, lock(), intent(.delete)) }
  }
}
