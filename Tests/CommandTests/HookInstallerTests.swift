import Diagnostics
import Foundation
import Reports
import Testing

@testable import spaceform

@Suite("Installing hooks")
struct HookInstallerTests {
  private let scratch: ScratchFolder
  private let installer: HookInstaller

  init() throws {
    scratch = try ScratchFolder()
    installer = HookInstaller(
      folder: HookFolder(path: scratch.path + "/hooks", shown: ".git/hooks"), program: "/opt/spaceform")
  }

  private func path(_ name: String) -> String { scratch.path + "/hooks/" + name }
  private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  private func mode(_ name: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int)
  }
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/hooks").sorted()
  }

  private func put(_ name: String, _ text: String, mode: Int = 0o755) throws {
    try scratch.write(text, at: "hooks/" + name)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
  }

  @Test("a folder that is not there is made, and the hook can be run")
  func fresh() throws {
    let hook = try installer.install(.preCommit)
    #expect(hook.action == .installed)
    #expect(try text("pre-commit") == HookScript(.preCommit, program: "/opt/spaceform").text)
    #expect(FileManager.default.isExecutableFile(atPath: path("pre-commit")))
    #expect(try names() == ["pre-commit"])
  }

  @Test("installing twice changes nothing, not even the file")
  func twice() throws {
    _ = try installer.install(.preCommit)
    let number = try FileManager.default.attributesOfItem(atPath: path("pre-commit"))[.systemFileNumber] as? Int
    #expect(try installer.install(.preCommit).action == .unchanged)
    #expect(try FileManager.default.attributesOfItem(atPath: path("pre-commit"))[.systemFileNumber] as? Int == number)
  }

  @Test("a hook that is there is kept, runs first, and comes back byte for byte, mode included")
  func chained() throws {
    try put("pre-push", "#!/bin/sh\nexit 7", mode: 0o750)
    let hook = try installer.install(.prePush)
    #expect(hook.runsFirst == "pre-push.before-spaceform")
    #expect(try text("pre-push").contains("previous='pre-push.before-spaceform'"))
    #expect(try installer.install(.prePush).action == .unchanged)
    #expect(try installer.uninstall(.prePush).action == .restored)
    #expect(try text("pre-push") == "#!/bin/sh\nexit 7")
    #expect(try mode("pre-push") == 0o750)
    #expect(try names() == ["pre-push"])
  }

  @Test("a kept hook's name that is taken is left alone, and another is found")
  func taken() throws {
    try put("pre-commit", "theirs")
    try put("pre-commit.before-spaceform", "older")
    #expect(try installer.install(.preCommit).runsFirst == "pre-commit.before-spaceform.2")
    #expect(try text("pre-commit.before-spaceform") == "older")
    #expect(try installer.uninstall(.preCommit).action == .restored)
    #expect(try text("pre-commit") == "theirs")
    #expect(try names() == ["pre-commit", "pre-commit.before-spaceform"])
  }

  @Test("a hook that git did not run is said to stay so")
  func notExecutable() throws {
    try put("pre-commit", "#!/bin/sh\n", mode: 0o644)
    #expect(try installer.install(.preCommit).notes.count == 1)
    _ = try installer.uninstall(.preCommit)
    #expect(try mode("pre-commit") == 0o644)
  }

  @Test("a symbolic link is kept as a link, and what it leads to is not written to")
  func link() throws {
    try scratch.write("#!/bin/sh\nexit 0\n", at: "tools/check")
    try FileManager.default.createDirectory(atPath: scratch.path + "/hooks", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path("pre-commit"), withDestinationPath: "../tools/check")
    #expect(try installer.install(.preCommit).notes.first?.contains("a symbolic link to ../tools/check") == true)
    #expect(try String(contentsOfFile: scratch.path + "/tools/check", encoding: .utf8) == "#!/bin/sh\nexit 0\n")
    #expect(try installer.uninstall(.preCommit).action == .restored)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("pre-commit")) == "../tools/check")
  }

  @Test("a link to a hook of ours counts as installed, and is neither renewed nor removed behind its maker's back")
  func ownLink() throws {
    try scratch.write(HookScript(.preCommit).text, at: "tools/check")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path + "/tools/check")
    try FileManager.default.createDirectory(atPath: scratch.path + "/hooks", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path("pre-commit"), withDestinationPath: "../tools/check")
    #expect(try installer.status(.preCommit).state == .installed)
    #expect(try installer.install(.preCommit).action == .unchanged)
    #expect(throws: Failure.self) { try installer.uninstall(.preCommit) }
    try scratch.write("#!/bin/sh\n# spaceform hook: pre-commit\n", at: "tools/check")
    #expect(try installer.status(.preCommit).state == .outdated)
    let failure = #expect(throws: Failure.self) { try installer.install(.preCommit) }
    #expect(failure?.problem.contains("../tools/check") == true)
  }

  @Test("an older hook of ours, or one that lost its mode, is renewed and goes on running the one before it")
  func renewed() throws {
    try put("pre-commit.before-spaceform", "theirs")
    try put("pre-commit", "#!/bin/sh\n# spaceform hook: pre-commit\nprevious='pre-commit.before-spaceform'\n", mode: 0o600)
    #expect(try installer.status(.preCommit).state == .outdated)
    #expect(try installer.install(.preCommit).action == .updated)
    #expect(try installer.status(.preCommit).state == .installed)
    #expect(try installer.uninstall(.preCommit).action == .restored)
    #expect(try text("pre-commit") == "theirs")
  }

  @Test("removing is content with nothing, leaves other hooks alone, and says when the one before is gone")
  func removing() throws {
    #expect(try installer.uninstall(.preCommit).state == .absent)
    try put("pre-commit", "theirs")
    #expect(try installer.uninstall(.preCommit).action == .kept)
    #expect(try text("pre-commit") == "theirs")
    _ = try installer.install(.preCommit)
    try FileManager.default.removeItem(atPath: path("pre-commit.before-spaceform"))
    #expect(try installer.status(.preCommit).notes.count == 1)
    let hook = try installer.uninstall(.preCommit)
    #expect(hook.action == .removed)
    #expect(hook.notes == ["pre-commit.before-spaceform, which ran before it, is not there any more"])
    #expect(try names() == [])
  }

  @Test("a folder in the hook's place is a clear failure")
  func inTheWay() throws {
    try scratch.write("", at: "hooks/pre-commit/file")
    let failure = #expect(throws: Failure.self) { try installer.install(.preCommit) }
    #expect(failure?.problem == "it is a folder, where a hook would be a file")
    #expect(failure?.doing == "reading .git/hooks/pre-commit")
  }
}
