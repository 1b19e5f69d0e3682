import Cryptography
import HubAPI
import HubSimulator
import SpaceModel
import Testing

@Suite struct CommitTests {
  @Test func filesHaveGitsOwnIds() throws {
    var story = try Story()
    let id = try story.create()
    _ = try story.commit(["hello.txt": "hello\n"], to: id)
    // What `git hash-object` gives for "hello\n".
    #expect(try story.space(id).files["hello.txt"]?.git == "ce013625030ba8dba906f756967f9e9ca394464a")
  }

  @Test func foldersHaveGitsOwnIds() throws {
    var story = try Story()
    let id = try story.create()
    let head = try story.commit(["folder/hello.txt": "hello\n"], to: id)
    let commit = try story.world.commit(id, at: head, for: story.local)
    // What `git mktree` gives for the one entry "100644 blob ce01… hello.txt".
    #expect(commit.folderIDs["folder"] == "aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7")
  }

  @Test func aStaleParentIsRefusedAndChangesNothing() throws {
    var story = try Story()
    let id = try story.create()
    let first = try #require(try story.space(id).repository.head)
    let second = try story.commit(["a": "1"], to: id, parent: first)
    let stale = refusal { try story.commit(["a": "2"], to: id, parent: first) }
    #expect(stale?.status == 412)
    #expect(stale?.kind == .staleParent)
    #expect(try story.space(id).repository.head == second)
  }

  @Test func aCommitThatFailsHalfwayChangesNothing() throws {
    var story = try Story()
    let id = try story.create()
    let head = try story.space(id).repository.head
    var commit = PreparedCommit(title: "both")
    commit.add(file: "new.txt", bytes: [1])
    commit.operations.append(.deleteFile("missing.txt"))
    let prepared = commit
    let caller = story.local
    let now = story.now
    let error = refusal { try story.world.commit(prepared, to: id, by: caller, at: now) }
    #expect(error?.code == "EntryNotFound")
    #expect(try story.space(id).repository.head == head)
    #expect(try story.space(id).files["new.txt"] == nil)
  }

  @Test func foldersAreDeletedWhole() throws {
    var story = try Story()
    let id = try story.create()
    _ = try story.commit(["a/1": "x", "a/b/2": "y", "ab": "z"], to: id)
    var commit = PreparedCommit(title: "delete")
    commit.operations.append(.deleteFolder("a"))
    _ = try story.world.commit(commit, to: id, by: story.local, at: story.now)
    #expect(try Set(story.space(id).files.keys) == [".gitattributes", "README.md", "Dockerfile", "ab"])
  }

  @Test func largeFilesNeedTheirObjectAndAreNamedInGitattributes() throws {
    var story = try Story()
    let id = try story.create()
    let sha256 = Digest.sha256Hex([1, 2, 3])
    var commit = PreparedCommit(title: "weights")
    commit.add(large: "weights.data", sha256: sha256, size: 3)
    let prepared = commit
    let caller = story.local
    let now = story.now
    #expect(refusal { try story.world.commit(prepared, to: id, by: caller, at: now) }?.status == 400)
    story.world.store(largeObject: sha256, size: 3)
    _ = try story.world.commit(prepared, to: id, by: story.local, at: story.now)
    let space = try story.space(id)
    #expect(space.files["weights.data"]?.lfs == sha256)
    let attributes = try #require(space.files[".gitattributes"].flatMap { story.world.blobs[$0.git] })
    #expect(String(decoding: attributes, as: UTF8.self).contains("weights.data filter=lfs"))
  }

  @Test func preuploadSaysHowEachFileGoesAndWhatIsThere() throws {
    var story = try Story()
    let id = try story.create()
    _ = try story.commit([".gitignore": "*.log\nbuild/\n", "a.txt": "x"], to: id)
    let answer = try story.world.preupload(
      [("a.txt", 1), ("b.bin", 1), ("big.txt", (10 << 20) + 1), ("x/run.log", 3), ("build/out", 3), ("empty.bin", 0)],
      gitIgnore: nil, gitAttributes: nil, to: id, revision: "main", by: story.local)
    #expect(answer.files["a.txt"]?.mode == .regular)
    #expect(answer.files["a.txt"]?.existing == Digest.gitBlobID(Array("x".utf8)))
    #expect(answer.files["b.bin"]?.mode == .lfs)
    #expect(answer.files["big.txt"]?.mode == .lfs)
    #expect(answer.files["x/run.log"]?.shouldIgnore == true)
    #expect(answer.files["build/out"]?.shouldIgnore == true)
    #expect(answer.files["empty.bin"]?.mode == .regular)
    #expect(try answer.head == story.space(id).repository.head)
  }

  @Test(arguments: ["../x", "a/../b", ".git/config", "", "a//b", "..\\x"])
  func pathsThatLeaveTheRepositoryAreRefused(path: String) throws {
    var story = try Story()
    let id = try story.create()
    #expect(refusal { try story.commit([path: "x"], to: id) }?.status == 422)
  }

  @Test func aReadmeTheHubCannotUnderstandIsRefused() throws {
    var story = try Story()
    let id = try story.create()
    #expect(refusal { try story.commit(["README.md": "---\ncolorFrom: mauve\n---\n"], to: id) }?.status == 400)
    #expect(refusal { try story.commit(["README.md": "---\nsdk: [\n---\n"], to: id) }?.status == 400)
  }

  @Test func aCommitThatChangesNothingFollowsTheAssumption() throws {
    var made = try Story()
    let first = try made.create()
    let before = try made.space(first).repository.head
    #expect(try made.commit(["Dockerfile": "FROM scratch\n"], to: first) != before)
    var ignored = try Story("same-tree=ignore")
    let second = try ignored.create()
    let head = try ignored.space(second).repository.head
    #expect(try ignored.commit(["Dockerfile": "FROM scratch\n"], to: second) == head)
  }
}
