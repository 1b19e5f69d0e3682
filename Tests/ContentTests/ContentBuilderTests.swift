import Content
import Cryptography
import Diagnostics
import Files
import Foundation
import Git
import HubAPI
import SpaceModel
import Testing

@Suite("A Space's content") struct ContentBuilderTests {
  private func definition(_ path: String?, ignore: [String] = [], card: [String: JSONValue]? = nil) throws -> SpaceDefinition {
    var definition = SpaceDefinition(id: try #require(SpaceID("acme/chat")), file: "spaces/chat.space.yaml")
    definition.source = path.map { ContentSource(path: $0, ignore: ignore) }
    definition.card = card
    return definition
  }

  @Test("is the source's files with the ids of their bytes, without what no Space gets") func files() throws {
    let folder = try ScratchFolder()
    let never = [
      ".env", ".env.local", "sub/.env.production", "spaceform.yaml", "chat.space.yaml", "sub/x.space.yaml", "spaceform.lock",
      "spaceform.staging.lock", ".spaceform/cache", ".git/HEAD",
    ]
    for file in never + ["notebook.ipynb", "data/raw/x"] { try folder.write("apps/chat/" + file, file) }
    try folder.write("apps/chat/app.py", "print(1)\n")
    try folder.write("apps/chat/.gitattributes", "")
    try folder.write("apps/chat/environment.env", "kept")
    try folder.write("apps/chat/README.md", "---\nsdk: docker\n---\nhello\n")
    try folder.write("apps/chatter/other", "x")
    let builder = ContentBuilder(tree: try WorkTree(folder.path))
    let content = try #require(
      try builder.prepare(definition("apps/chat", ignore: ["*.ipynb", "data/"])))
    #expect(content.manifest.managesFiles)
    #expect(content.manifest.files.map(\.path) == [".gitattributes", "app.py", "environment.env"])
    #expect(
      content.manifest.files[1]
        == ContentFile(
          path: "app.py", size: 9,
          id: ContentID(git: Digest.gitBlobID("print(1)\n".utf8), sha256: Digest.sha256Hex("print(1)\n".utf8))))
    #expect(content.manifest.readme?.body == "hello\n")
    #expect(content.manifest.digest == ContentDigest.of(files: content.manifest.files, readme: content.manifest.readme))
    #expect(try content.byteSource(of: "app.py") == .file(path: folder.path + "/apps/chat/app.py"))
    #expect(try content.bytes(of: "app.py") == Array("print(1)\n".utf8))
    #expect(try content.sample(of: "app.py", count: 5) == Array("print".utf8))
    #expect(try content.bytes(of: "README.md") == Array("---\nsdk: docker\n---\nhello\n".utf8))
    #expect(throws: Failure.self) { try content.bytes(of: ".env") }
  }

  @Test("the digest's form does not change between versions") func digestPin() {
    let files = [
      ContentFile(path: "b.txt", size: 1, id: ContentID(git: "bb", sha256: "ignored")),
      ContentFile(path: "a/é.txt", size: 2, id: ContentID(git: "aa", sha256: "ignored")),
    ]
    let readme = Readme(frontMatter: ["title": "Chat", "app_port": 7860], body: "\n# Chat\r\n\n", text: "any")
    let canonical =
      ##"{"body":"# Chat","files":[["a/é.txt","aa"],["b.txt","bb"]],"front_matter":{"app_port":7860,"title":"Chat"}}"##
    #expect(ContentDigest.of(files: files, readme: readme) == "sha256:" + Digest.sha256Hex(canonical.utf8))
    // From coreutils' sha256sum of that line, so that neither the JSON writer nor the hash can change unnoticed.
    #expect(
      ContentDigest.of(files: files, readme: readme)
        == "sha256:591cb8e2ad4118554ff59a608737c8ec5c705df53acbcd7501ada41bdd8e27bc")
    #expect(
      ContentDigest.of(files: [], readme: nil)
        == "sha256:12327996b3e323450ea6747cc61b8864061d43d879ba86d89c8342e12872f308")
  }

  @Test("the digest sees every file, path, key and word, and no layout") func digestSensitivity() throws {
    let folder = try ScratchFolder()
    try folder.write("s/a", "1")
    try folder.write("s/README.md", "---\ntitle: T\nsdk: docker\n---\nbody\n")
    func digest(card: [String: JSONValue]? = nil) throws -> String {
      try #require(try ContentBuilder(tree: try WorkTree(folder.path)).prepare(definition("s", card: card))).manifest.digest
    }
    let first = try digest()
    try folder.write("s/README.md", "---\r\nsdk:   docker\r\ntitle: 'T'\r\n---\r\n\r\nbody")
    #expect(try digest() == first)
    #expect(try digest(card: ["title": "T"]) == first)
    #expect(try digest(card: ["title": "U"]) != first)
    try folder.write("s/a", "2")
    let second = try digest()
    #expect(second != first)
    try folder.write("s/a", "1")
    try folder.write("s/README.md", "---\ntitle: T\nsdk: docker\n---\nbody!\n")
    #expect(try digest() != first)
  }

  @Test("is the same from the work tree, the index and a commit that hold the same") func sameFromEverywhere() throws {
    let scratch = try ScratchRepository()
    try scratch.write("deep/app/main.py", "1")
    try scratch.write("deep/app/README.md", "---\nsdk: gradio\n---\n")
    try scratch.link("deep/app/again.py", to: "main.py")
    try scratch.commitAll()
    let project = scratch.path + "/deep"
    let contents = try [
      SourceTrees.workTree(at: project), SourceTrees.index(at: project), SourceTrees.revision("HEAD", at: project),
    ].map { try #require(try ContentBuilder(tree: $0).prepare(definition("app"))) }
    #expect(contents[0].manifest == contents[1].manifest)
    #expect(contents[1].manifest == contents[2].manifest)
    #expect(contents[0].manifest.files.map(\.path) == ["again.py", "main.py"])
    #expect(try contents[2].byteSource(of: "again.py") == .bytes(Array("1".utf8)))
    #expect(try contents[1].sample(of: "main.py") == Array("1".utf8))
  }

  @Test("a git-lfs pointer stands for its object, or fails and says how to fetch it") func largeFiles() throws {
    let scratch = try ScratchRepository()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let id = Digest.sha256Hex(bytes)
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize \(bytes.count)\n"
    try scratch.write("app/model.bin", pointer)
    try scratch.write("app/app.py", "1")
    try scratch.commitAll()
    let missing = #expect(throws: Failure.self) {
      try ContentBuilder(tree: try SourceTrees.workTree(at: scratch.path)).prepare(definition("app"))
    }
    #expect(missing?.help?.contains("git lfs pull") == true)
    #expect(missing?.doing == "reading app/model.bin")

    let object = "lfs/objects/\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id)"
    try scratch.write(".git/" + object, bytes)
    for tree: any SourceTree in [
      try SourceTrees.workTree(at: scratch.path), try SourceTrees.index(at: scratch.path),
      try SourceTrees.revision("HEAD", at: scratch.path),
    ] {
      let content = try #require(try ContentBuilder(tree: tree).prepare(definition("app")))
      let file = try #require(content.manifest.files.last)
      #expect(
        file == ContentFile(path: "model.bin", size: bytes.count, id: ContentID(git: Digest.gitBlobID(bytes), sha256: id)))
      #expect(try content.byteSource(of: "model.bin") == .file(path: scratch.path + "/.git/" + object))
      #expect(try content.bytes(of: "model.bin") == bytes)
      #expect(try content.sample(of: "model.bin") == Array(bytes.prefix(512)))
    }

    try scratch.write(".git/" + object, Array(bytes.reversed()))
    let damaged = #expect(throws: Failure.self) {
      try ContentBuilder(tree: try SourceTrees.workTree(at: scratch.path)).prepare(definition("app"))
    }
    #expect(damaged?.help?.contains("git lfs fsck") == true)

    try scratch.git(["config", "lfs.storage", "elsewhere"])
    try scratch.write(".git/elsewhere/" + object.dropFirst(4), bytes)
    #expect(try ContentBuilder(tree: try SourceTrees.workTree(at: scratch.path)).prepare(definition("app")) != nil)
  }

  @Test("outside git a pointer fails too, and text that only looks like one is text") func pointersOutsideGit() throws {
    let folder = try ScratchFolder()
    try folder.write("app/model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:nonsense\nsize 3\n")
    let builder = ContentBuilder(tree: try WorkTree(folder.path))
    #expect(try builder.prepare(definition("app"))?.manifest.files.count == 1)
    try folder.write(
      "app/model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "a", count: 64))\nsize 3\n")
    #expect(throws: Failure.self) { try builder.prepare(definition("app")) }
  }

  @Test(
    "a link that leads to nothing publishable is refused",
    arguments: [
      ("../other/file", "leads out of the source folder"), (".env", "is not published"), ("nothing", "leads to no file"),
      ("folder", "leads to no file"), ("hidden.log", "is not published"),
      ("../../../../../../etc/hostname", "leads out of the project folder"),
    ])
  func links(target: String, problem: String) throws {
    let scratch = try ScratchRepository()
    try scratch.write(".gitignore", "*.log\n")
    for file in ["app/.env", "app/hidden.log", "app/folder/x", "other/file"] { try scratch.write(file, "1") }
    try scratch.link("app/link", to: target)
    let builder = ContentBuilder(tree: try SourceTrees.workTree(at: scratch.path))
    let failure = #expect(throws: Failure.self) { try builder.prepare(definition("app")) }
    #expect(failure?.problem.contains(problem) == true, "\(failure?.problem ?? "")")
    // The way out that the failure names works.
    #expect(try builder.prepare(definition("app", ignore: ["/link"])) != nil)
  }

  @Test("a source that has nothing to publish is a failure, so that no Space is emptied by a typing mistake") func empty()
    throws
  {
    let folder = try ScratchFolder()
    try folder.write("app/.env", "1")
    let builder = ContentBuilder(tree: try WorkTree(folder.path))
    let missing = #expect(throws: Failure.self) { try builder.prepare(definition("none")) }
    #expect(missing?.problem == "there are no files in none")
    #expect(throws: Failure.self) { try builder.prepare(definition("app")) }
    #expect(throws: Failure.self) { try builder.prepare(definition("../app")) }
  }

  @Test("of a card alone is the card, and manages no files; of neither it is nothing") func cardOnly() throws {
    let folder = try ScratchFolder()
    let builder = ContentBuilder(tree: try WorkTree(folder.path))
    #expect(try builder.prepare(definition(nil)) == nil)
    let content = try #require(try builder.prepare(definition(nil, card: ["title": "Chat"])))
    #expect(!content.manifest.managesFiles)
    #expect(content.manifest.files.isEmpty)
    #expect(content.manifest.readme?.frontMatter == ["title": "Chat", "sdk": "docker"])
    #expect(content.manifest.readme?.body == "")
  }

  @Test("a file that changes after it was hashed is not sent as what it was") func changedFile() throws {
    let folder = try ScratchFolder()
    try folder.write("app/a", "1")
    let content = try #require(try ContentBuilder(tree: try WorkTree(folder.path)).prepare(definition("app")))
    try folder.write("app/a", "2")
    let failure = #expect(throws: Failure.self) { try content.bytes(of: "a") }
    #expect(failure?.status == .stale)
    try folder.write("app/a", "longer")
    #expect(throws: Failure.self) { try content.byteSource(of: "a") }
    try folder.remove("app/a")
    #expect(throws: Failure.self) { try content.byteSource(of: "a") }
  }

  @Test("is prepared from many tasks at once") func concurrent() async throws {
    let scratch = try ScratchRepository()
    for number in 0..<20 { try scratch.write("app\(number)/file", "\(number)") }
    try scratch.commitAll()
    let builder = ContentBuilder(tree: try SourceTrees.revision("HEAD", at: scratch.path))
    let definitions = try (0..<20).map { try definition("app\($0)") }
    let ids = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      for (number, definition) in definitions.enumerated() {
        group.addTask { (number, try builder.prepare(definition)?.manifest.files.first?.id.git) }
      }
      var ids: [Int: String] = [:]
      for try await (number, id) in group { ids[number] = id }
      return ids
    }
    for number in 0..<20 { #expect(ids[number] == Digest.gitBlobID("\(number)".utf8)) }
  }
}
