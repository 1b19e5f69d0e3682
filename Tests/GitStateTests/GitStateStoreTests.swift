import Diagnostics
import Foundation
import Locking
import SpaceModel
import State
import Testing

@testable import GitState

@Suite("The git store") struct GitStateStoreTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.clone("one")
    try workshop.clone("two")
  }

  private func apply(_ store: GitStateStore, _ lock: Lock) throws {
    let session = try store.begin()
    try session.save(lock)
    try session.close(settled: true)
  }

  private func failure(_ body: () throws -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch {
      return error as? Failure
    }
  }

  @Test("without a branch there is no lock, and reading makes none") func empty() throws {
    let store = workshop.store("one")
    #expect(try store.read() == nil)
    #expect(try store.openJournal() == nil)
    #expect(try store.holder() == nil)
    #expect(workshop.branchTip == "")
  }

  @Test("what one clone applies the other reads, and the log has one line for each apply") func twoClones() throws {
    try apply(workshop.store("one"), Sample.lock("acme/a"))
    #expect(try workshop.store("two").read() == Sample.lock("acme/a"))
    try apply(workshop.store("two"), Sample.lock("acme/a", "acme/b"))
    #expect(try workshop.store("one").read() == Sample.lock("acme/a", "acme/b"))
    #expect(workshop.applies == ["demos: 1 added", "demos: 1 added", "The state of Spaceform"])
    #expect(try LeaseCodec.parse(Array(workshop.branchFile("demos/lease.json").utf8), file: "").term == 2)
  }

  @Test("while one has the lease the other is turned away with its name, and gets it afterwards") func exclusive() throws {
    let session = try workshop.store("one").begin()
    let refused = try #require(failure { _ = try workshop.store("two").begin() })
    #expect(refused.status == .leased)
    #expect(refused.problem.contains("ada@one"))
    #expect(refused.help?.contains("--lease-timeout 7m") == true)
    #expect(try workshop.store("two").holder()?.owner == "ada@one")
    try session.close(settled: true)
    try workshop.store("two").begin().close(settled: true)
  }

  @Test("projects and environments share a branch and do not wait for each other") func neighbours() throws {
    let prod = try workshop.store("one").begin()
    let staging = try workshop.store("one", environment: "staging").begin()
    let other = try workshop.store("two", project: "other").begin()
    try prod.save(Sample.lock("acme/a"))
    try other.save(Sample.lock("acme/b"))
    try staging.save(Sample.lock("acme/c"))
    try other.close(settled: true)
    try prod.close(settled: true)
    try staging.close(settled: true)
    #expect(try workshop.store("one").read() == Sample.lock("acme/a"))
    #expect(try workshop.store("two", project: "other").read() == Sample.lock("acme/b"))
    #expect(try workshop.store("two", environment: "staging").read() == Sample.lock("acme/c"))
    #expect(workshop.applies.count == 4)
  }

  @Test("a run that died is taken over from after its silence, and its journal is there") func silence() async throws {
    let journal = try await abandoned()
    #expect(journal == ["announced", "begun"])
    let notes = Locked<[String]>([])
    let refused = try #require(failure { _ = try workshop.store("two").begin() })
    #expect(refused.status == .leased)
    // Patience for longer than the silence that is needed; the clock goes on by itself.
    let moving = Task.detached { [clock = workshop.clock] in
      while !Task.isCancelled {
        clock.advance(5)
        try? await Task.sleep(for: .milliseconds(5))
      }
    }
    let session = try workshop.store("two", patience: 100_000, notes: notes).begin()
    moving.cancel()
    #expect(session.inherited?.entries.map(\.intent.id) == ["announced", "begun"])
    #expect(notes.withLock { $0.count } == 2)
    try session.close(settled: true)
    #expect(try workshop.store("one").openJournal() == nil)
  }

  @Test("on its own machine a run that died is taken over from at once, and what its disk knows counts") func sameMachine()
    async throws
  {
    _ = try await abandoned()
    let session = try workshop.store("one").begin()
    // What was announced and is not in the journal on disk was never begun.
    #expect(session.inherited?.entries.map(\.intent.id) == ["begun", "later"])
    #expect(session.inherited?.entries.map(\.outcome?.status) == [.done, nil])
    #expect(session.inherited?.isOf(session.base) == true)
    try session.close(settled: true)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: workshop.path + "/one/.spaceform/state").sorted() == ["seen.json"])
  }

  /// A run in the clone `one` that is gone without a word. What its journal on the branch holds.
  private func abandoned() async throws -> [String] {
    let session = try workshop.store("one").begin()
    try await session.announce([Sample.intent("announced", "acme/b"), Sample.intent("begun")])
    try session.record(Sample.intent("begun"))
    try await session.publish(Sample.intent("begun"))
    try session.record(Sample.intent("later", "acme/c"))
    try session.record(Outcome(intent: "begun", status: .done, result: ["hub_id": "h"]))
    return try JournalCodec.parse(Array(workshop.branchFile("demos/journal.ndjson").utf8), file: "")?.entries.map(\.intent.id)
      ?? []
  }

  @Test("a later attempt of the same CI run takes over at once") func laterAttempt() throws {
    do {
      _ = try workshop.store("one", run: RunIdentity(owner: "run 17", run: "17", attempt: 1)).begin()
    }
    let same = failure { _ = try workshop.store("two", run: RunIdentity(owner: "run 17", run: "17", attempt: 1)).begin() }
    #expect(same?.status == .leased)
    try workshop.store("two", run: RunIdentity(owner: "run 17", run: "17", attempt: 2)).begin().close(settled: true)
  }

  @Test("an intent that was announced is published; another one is pushed before the call returns") func publishing()
    async throws
  {
    let session = try workshop.store("one").begin()
    try await session.announce([Sample.intent("a")])
    let tip = workshop.branchTip
    try session.record(Sample.intent("a"))
    try await session.publish(Sample.intent("a"))
    #expect(workshop.branchTip == tip)
    try session.record(Sample.intent("b", "acme/b"))
    try await session.publish(Sample.intent("b", "acme/b"))
    #expect(workshop.branchTip != tip)
    #expect(try workshop.branchFile("demos/journal.ndjson").contains(#""id":"b""#))
    try session.close(settled: false)
    // Not settled: the journal stays for whoever comes next, the lease does not.
    #expect(try workshop.store("two").openJournal()?.entries.map(\.intent.id) == ["a", "b"])
    #expect(try workshop.store("two").holder() == nil)
  }

  @Test("many that are published at the same time share a few pushes") func grouping() async throws {
    let session = try workshop.store("one").begin()
    let before = Int(try workshop.git(["rev-list", "--count", "spaceform-state"], in: workshop.remote)) ?? 0
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<64 {
        let intent = try Sample.intent("\(number)", "acme/space-\(number)")
        try session.record(intent)
        group.addTask { try await session.publish(intent) }
      }
      try await group.waitForAll()
    }
    let after = Int(try workshop.git(["rev-list", "--count", "spaceform-state"], in: workshop.remote)) ?? 0
    #expect(after - before <= 4)
    #expect(try workshop.branchFile("demos/journal.ndjson").split(separator: "\n").count { $0.contains(#""intent":{"#) } == 64)
    try session.close(settled: true)
  }

  @Test("a sign of life is given when it is due, with the lock and the outcomes so far") func renewal() throws {
    let session = try #require(try workshop.store("one").begin() as? GitStateSession)
    try session.record(Sample.intent("a"))
    try session.record(Outcome(intent: "a", status: .done))
    try session.save(Sample.lock("acme/a"))
    session.renewIfDue()
    #expect(try LeaseCodec.parse(Array(workshop.branchFile("demos/lease.json").utf8), file: "").sequence == 0)
    workshop.clock.advance(101)
    session.renewIfDue()
    #expect(try LeaseCodec.parse(Array(workshop.branchFile("demos/lease.json").utf8), file: "").sequence >= 1)
    #expect(try workshop.branchFile("demos/spaceform.lock").contains("acme/a"))
    #expect(try workshop.branchFile("demos/journal.ndjson").contains(#""status":"done""#))
    try session.close(settled: true)
  }

  @Test("when the remote is gone for too long nothing new is begun, and the next run goes on") func unreachable() throws {
    let session = try #require(try workshop.store("one").begin() as? GitStateSession)
    try session.record(Sample.intent("a"))
    try FileManager.default.moveItem(atPath: workshop.remote, toPath: workshop.remote + ".away")
    workshop.clock.advance(239)
    session.renewIfDue()
    try session.record(Sample.intent("b", "acme/b"))
    workshop.clock.advance(2)
    let late = try #require(failure { try session.record(Sample.intent("c", "acme/c")) })
    #expect(late.status == .leased)
    #expect(late.help?.contains("spaceform apply -C") == true)
    // What is under way is still written down.
    try session.record(Outcome(intent: "a", status: .done, result: ["hub_id": "h"]))
    try session.save(Sample.lock("acme/a"))
    let ended = try #require(failure { try session.close(settled: false) })
    #expect(ended.help?.contains("recovery.lock.json") == true)
    #expect(FileManager.default.fileExists(atPath: workshop.path + "/one/.spaceform/recovery.lock.json"))
    try FileManager.default.moveItem(atPath: workshop.remote + ".away", toPath: workshop.remote)
  }

  @Test("a lease that was taken over while we did not look is lost: nothing new, a recovery file, status 6") func lost()
    async throws
  {
    let session = try #require(try workshop.store("one").begin() as? GitStateSession)
    try session.record(Sample.intent("a"))
    #expect(try workshop.store("two").unlock { $0?.owner == "ada@one" })
    let other = try workshop.store("two").begin()
    try session.record(Sample.intent("b", "acme/b"))
    let refused = await #expect(throws: Failure.self) { try await session.publish(Sample.intent("b", "acme/b")) }
    #expect(refused?.status == .leased)
    #expect(refused?.problem.contains("ada@two") == true)
    #expect(failure { try session.record(Sample.intent("c", "acme/c")) }?.status == .leased)
    try session.record(Outcome(intent: "a", status: .done))
    try session.save(Sample.lock("acme/a"))
    let ended = try #require(failure { try session.close(settled: true) })
    #expect(ended.status == .leased)
    #expect(ended.help?.contains("recovery.lock.json") == true)
    #expect(try workshop.store("two").read() == nil)
    try other.close(settled: true)
  }

  @Test("a lease that somebody ended at the very end is lost too, and the lock is not taken for saved") func endedByHand()
    throws
  {
    let session = try workshop.store("one").begin()
    try session.record(Sample.intent("a"))
    try session.record(Outcome(intent: "a", status: .done))
    try session.save(Sample.lock("acme/a"))
    #expect(try workshop.store("two").unlock { _ in true })
    #expect(failure { try session.close(settled: true) }?.status == .leased)
    #expect(try workshop.store("two").read() == nil)
  }

  @Test("a branch that is deleted or reset under a run is never written over") func resetUnderway() async throws {
    try apply(workshop.store("one"), Sample.lock("acme/a"))
    let old = workshop.branchTip
    let session = try workshop.store("one").begin()
    try workshop.git(["update-ref", "refs/heads/spaceform-state", old], in: workshop.remote)
    try session.record(Sample.intent("b"))
    let reset = await #expect(throws: Failure.self) { try await session.publish(Sample.intent("b")) }
    #expect(reset?.status == .leased)
    #expect(workshop.branchTip == old)

    let second = try workshop.store("two").begin()
    try workshop.git(["update-ref", "-d", "refs/heads/spaceform-state"], in: workshop.remote)
    let deleted = try #require(failure { try second.close(settled: true) })
    #expect(deleted.status == .leased)
    #expect(deleted.problem.contains("any more"))
    #expect(workshop.branchTip == "")
  }

  @Test("a branch that was seen and is gone, or has gone back, is an error with a way out") func goneBack() throws {
    try apply(workshop.store("one"), Sample.lock("acme/a"))
    let old = workshop.branchTip
    try apply(workshop.store("one"), Sample.lock("acme/a", "acme/b"))
    try workshop.git(["update-ref", "refs/heads/spaceform-state", old], in: workshop.remote)
    let back = try #require(failure { _ = try workshop.store("one").read() })
    #expect(back.status == .stale)
    #expect(back.problem.contains("gone back"))
    #expect(failure { _ = try workshop.store("one").begin() }?.status == .stale)

    try workshop.git(["update-ref", "-d", "refs/heads/spaceform-state"], in: workshop.remote)
    let gone = try #require(failure { _ = try workshop.store("one").read() })
    #expect(gone.status == .stale)
    #expect(gone.help?.contains("seen.lock") == true)
    // A clone that never saw it believes what it sees, and the way out that was named works.
    #expect(try workshop.store("two").read() == nil)
    let session = try workshop.store("one").beginReplacing()
    try session.save(try #require(workshop.store("one").remembered()))
    try session.close(settled: true)
    #expect(try workshop.store("two").read() == Sample.lock("acme/a", "acme/b"))
  }

  @Test("a remote that refuses says why, and nothing is left behind") func rejected() throws {
    try workshop.hook("pre-receive", "#!/bin/sh\necho 'Policy: no pushes today' >&2\nexit 1\n")
    let refused = try #require(failure { _ = try workshop.store("one").begin() })
    #expect(refused.problem.contains("Policy: no pushes today"))
    #expect(refused.help?.contains("spaceform-state") == true)
    #expect(workshop.branchTip == "")
  }

  @Test("a remote that hangs is given up on in time") func hanging() throws {
    let script = workshop.path + "/hang"
    try Data("#!/bin/sh\nexec sleep 100\n".utf8).write(to: URL(fileURLWithPath: script))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    try workshop.git(["remote", "set-url", "origin", "ssh://git@example.invalid/state.git"], in: workshop.path + "/one")
    let begun = Date()
    let refused = try #require(
      failure { _ = try workshop.store("one", seconds: 0.5, more: ["GIT_SSH_COMMAND": script]).read() })
    #expect(refused.problem.contains("did not answer within"))
    #expect(Date().timeIntervalSince(begun) < 20)
  }

  @Test("a remote nobody knows is named with those there are") func unknownRemote() throws {
    try workshop.git(["remote", "rename", "origin", "upstream"], in: workshop.path + "/one")
    let refused = try #require(failure { _ = try workshop.store("one").read() })
    #expect(refused.doing.contains("origin"))
    #expect(refused.help?.contains("upstream") == true)
  }

  @Test("files of the branch that cannot be read name it, and the way out works") func damaged() throws {
    try apply(workshop.store("one"), Sample.lock("acme/a"))
    try workshop.edit(["demos/spaceform.lock": "{\"version\": 1, "])
    let lock = try #require(failure { _ = try workshop.store("one").begin() })
    #expect(lock.doing.contains("demos/spaceform.lock on the branch spaceform-state of origin"))
    #expect(lock.help?.contains("state push --force") == true)
    let session = try workshop.store("one").beginReplacing()
    try session.save(Sample.lock("acme/z"))
    try session.close(settled: true)
    #expect(try workshop.store("two").read() == Sample.lock("acme/z"))

    try workshop.edit(["demos/lease.json": "{\"version\": 1, \"te"])
    let lease = try #require(failure { _ = try workshop.store("one").begin() })
    #expect(lease.help?.contains("spaceform state unlock") == true)
    #expect(try workshop.store("two").unlock { $0 == nil })
    let term = try LeaseCodec.parse(Array(workshop.branchFile("demos/lease.json").utf8), file: "").term
    #expect(term == 3)

    try workshop.edit(["demos/journal.ndjson": "{\"version\":1}\nnonsense\n{}\n"])
    let journal = try #require(failure { _ = try workshop.store("one").begin() })
    #expect(journal.doing.contains("journal.ndjson"))
    #expect(try workshop.store("one").read() == Sample.lock("acme/z"))
  }

  @Test("the user's repository is as it was: no branch, no tag, not shallow") func untouched() throws {
    try workshop.git(["commit", "--allow-empty", "--quiet", "-m", "one"].withIdentity, in: workshop.path + "/one")
    try apply(workshop.store("one"), Sample.lock("acme/a"))
    _ = try workshop.store("one").read()
    let folder = workshop.path + "/one"
    #expect(try workshop.git(["for-each-ref"], in: folder).split(separator: "\n").count == 1)
    #expect(try workshop.git(["rev-parse", "--is-shallow-repository"], in: folder) == "false")
    // Of its own folder git sees the file alone that hides the rest.
    #expect(try workshop.git(["status", "--porcelain", "-uall"], in: folder) == "?? .spaceform/.gitignore")
  }
}

extension [String] {
  fileprivate var withIdentity: [String] { ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"] + self }
}
