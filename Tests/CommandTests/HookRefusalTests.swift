import Testing

@testable import spaceform

@Suite("Where a hook is not installed just like that")
struct HookRefusalTests {
  private func place(_ reach: HookPlace.Reach, path: String = "/repo/.git/hooks") -> HookPlace {
    HookPlace(path: path, shown: path, reach: reach, top: "/repo")
  }

  @Test("a folder of this repository is no question")
  func own() {
    #expect(HookRefusal.check(place(.repository), [], kinds: [.preCommit], isForced: false) == nil)
    #expect(HookRefusal.check(place(.workTree), [], kinds: [.preCommit], isForced: false) == nil)
  }

  @Test("a folder that others use needs --force, and the failure says who leads there")
  func shared() {
    let place = place(.others(why: "core.hooksPath is ~/hooks in the global configuration, for every repository"))
    let failure = HookRefusal.check(place, [], kinds: [.preCommit, .prePush], isForced: false)
    #expect(failure?.doing == "installing the pre-commit and the pre-push hook")
    #expect(failure?.problem.contains("global configuration") == true)
    #expect(HookRefusal.check(place, [], kinds: [.preCommit], isForced: true) == nil)
  }

  @Test(
    "beside another tool it needs --force, and the failure says what to add to that tool's file",
    arguments: [
      (HookManager.preCommit, ".pre-commit-config.yaml", "`spaceform-validate` to .pre-commit-config.yaml"),
      (.lefthook, "lefthook.yml", "`spaceform validate --staged` under `pre-commit` to lefthook.yml"),
      (.husky, ".husky", "`spaceform validate --staged` to .husky/pre-commit"),
    ] as [(HookManager, String, String)])
  func beside(manager: HookManager, file: String, advice: String) {
    let failure = HookRefusal.check(place(.repository), [(manager, file)], kinds: [.preCommit], isForced: false)
    #expect(failure?.help?.contains(advice) == true, "\(failure?.help ?? "")")
    #expect(HookRefusal.check(place(.repository), [(manager, file)], kinds: [.preCommit], isForced: true) == nil)
  }

  @Test("husky's own folder is refused whatever is said, because it is made anew")
  func husky() {
    let place = place(.workTree, path: "/repo/.husky/_")
    #expect(HookRefusal.check(place, [(.husky, ".husky")], kinds: [.preCommit], isForced: true) != nil)
  }

  @Test("tools are known by their files")
  func found() throws {
    let scratch = try ScratchFolder()
    #expect(HookManager.found(in: scratch.path).isEmpty)
    try scratch.write("", at: ".lefthook.toml")
    try scratch.write("", at: ".husky/pre-commit")
    #expect(HookManager.found(in: scratch.path).map(\.file) == [".lefthook.toml", ".husky"])
  }
}
