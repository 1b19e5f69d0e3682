import Content
import Cryptography
import Files
import Foundation
import HubAPI
import SpaceModel
import Testing

@testable import spaceform

@Suite("Bringing a Space's files here")
struct ContentDownloadTests {
  private let folder: ScratchFolder
  private let target: NewFile
  private let address: SpaceID

  init() throws {
    folder = try ScratchFolder()
    target = NewFile(folder: folder.path)
    address = try #require(SpaceID("acme/chat"))
  }

  private func file(_ path: String, _ text: String, isLarge: Bool = false) -> TreeFile {
    let ids = Digest.ids(of: Array(text.utf8))
    return TreeFile(
      path: path, size: text.utf8.count, git: isLarge ? String(repeating: "0", count: 40) : ids.git,
      lfsSHA256: isLarge ? ids.sha256 : nil)
  }

  private func download(_ files: [TreeFile], leftOut: [String] = []) -> ContentDownload {
    ContentDownload(address: address, commit: "c1", folder: "apps/chat", files: files, leftOut: leftOut)
  }

  private func recorded(_ download: ContentDownload) throws -> (digest: String, differing: [String], wanted: String) {
    var definition = SpaceDefinition(id: address, file: "spaces/chat.space.yaml", sdk: .static)
    definition.source = ContentSource(path: "apps/chat")
    let prepared = try ContentBuilder(tree: try WorkTree(folder.path)).prepare(definition)
    let manifest = try #require(prepared?.manifest)
    let result = try download.recordedDigest(manifest, in: target)
    return (result.digest, result.differing, manifest.digest)
  }

  @Test("What is here byte for byte is not fetched again, by git id and by LFS id alike")
  func equal() throws {
    try folder.write("page", at: "apps/chat/index.html")
    try folder.write("model", at: "apps/chat/model.bin")
    let plan = download([file("index.html", "page"), file("model.bin", "model", isLarge: true), file("new.txt", "new")])
    #expect(try plan.missing(in: target, mayOverwrite: false).map(\.path) == ["new.txt"])
  }

  @Test("A file that differs is never overwritten unless that is asked for")
  func different() throws {
    try folder.write("mine", at: "apps/chat/index.html")
    let plan = download([file("index.html", "page")])
    #expect(throws: (any Error).self) { try plan.missing(in: target, mayOverwrite: false) }
    #expect(try plan.missing(in: target, mayOverwrite: true).map(\.path) == ["index.html"])
    #expect(try String(contentsOfFile: folder.path + "/apps/chat/index.html", encoding: .utf8) == "mine")
  }

  @Test(
    "A Space's path that leads out of the folder is refused before anything is fetched",
    arguments: ["../x", "a/../../../x", "/x", "../other/x", "a//x", ".git/config"])
  func escape(path: String) {
    #expect(throws: (any Error).self) { try download([file(path, "x")]).missing(in: target, mayOverwrite: true) }
  }

  @Test("A folder that holds exactly the Space's files is recorded with its own digest: the next plan has nothing to do")
  func sameDigest() throws {
    let readme = "---\nsdk: static\ntitle: Chat\n---\n# Chat\n"
    try folder.write(readme, at: "apps/chat/README.md")
    try folder.write("page", at: "apps/chat/index.html")
    let result = try recorded(download([file("README.md", readme), file("index.html", "page")]))
    #expect(result.digest == result.wanted)
    #expect(result.differing.isEmpty)
  }

  @Test("A file that is only here gets the record of what is there, so that the next plan shows it")
  func extraFile() throws {
    let readme = "---\nsdk: static\n---\n"
    try folder.write(readme, at: "apps/chat/README.md")
    try folder.write("page", at: "apps/chat/index.html")
    try folder.write("mine", at: "apps/chat/local.txt")
    let result = try recorded(download([file("README.md", readme), file("index.html", "page")]))
    #expect(result.digest != result.wanted)
    #expect(result.differing == ["local.txt"])
  }
}
