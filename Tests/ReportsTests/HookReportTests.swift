import Console
import Reports
import SpaceModel
import Testing

@Suite("What `hook` did or found")
struct HookReportTests {
  private func text(_ state: HookReport.State, _ action: HookReport.Action? = nil, before: String? = nil, link: String? = nil)
    -> String
  {
    var hook = HookReport.Hook(type: "pre-commit", state: state)
    hook.action = action
    hook.runsFirst = before
    hook.link = link
    return HookReport(folder: ".git/hooks", hooks: [hook]).text(style: .plain)
  }

  @Test("every state and every action has its words")
  func words() {
    #expect(text(.absent) == "pre-commit  not installed\n")
    #expect(text(.installed, before: "old") == "pre-commit  installed; old runs first\n")
    #expect(text(.installed, link: "../hooks/x") == "pre-commit  installed, a link to ../hooks/x\n")
    #expect(text(.outdated) == "pre-commit  outdated: `spaceform hook install --type pre-commit` renews it\n")
    #expect(text(.outdated, link: "x") == "pre-commit  outdated, a link to x: the file it leads to is to be renewed\n")
    #expect(text(.other) == "pre-commit  another hook, not Spaceform's\n")
    #expect(text(.installed, .installed, before: "old") == "pre-commit  installed in .git/hooks; old runs first\n")
    #expect(text(.installed, .updated) == "pre-commit  updated in .git/hooks\n")
    #expect(text(.installed, .unchanged) == "pre-commit  installed already\n")
    #expect(text(.absent, .unchanged) == "pre-commit  not installed: nothing to remove\n")
    #expect(text(.absent, .removed) == "pre-commit  removed from .git/hooks\n")
    #expect(text(.other, .restored) == "pre-commit  removed from .git/hooks; the hook that was there before is back\n")
    #expect(text(.other, .kept) == "pre-commit  not Spaceform's: left as it is\n")
  }

  @Test("notes stand below their hook, and a link's name never steers the terminal")
  func notes() {
    var hook = HookReport.Hook(type: "pre-push", state: .other)
    hook.link = "\u{1B}[2J"
    hook.notes = ["one"]
    var report = HookReport(folder: ".git/hooks", hooks: [HookReport.Hook(type: "pre-commit", state: .absent), hook])
    report.notes = ["two"]
    #expect(
      report.text(style: .plain) == """
        pre-commit  not installed
        pre-push    another hook, a link to \\u{1b}[2J, not Spaceform's
          note: one
        note: two

        """)
  }

  @Test("has a stable form for programs")
  func json() {
    var hook = HookReport.Hook(type: "pre-commit", state: .installed)
    hook.action = .installed
    hook.runsFirst = "pre-commit.before-spaceform"
    var report = HookReport(folder: ".git/hooks", hooks: [hook])
    report.managers = ["husky"]
    #expect(
      report.json == [
        "format_version": 1, "folder": ".git/hooks", "managers": ["husky"], "notes": [],
        "hooks": [
          [
            "type": "pre-commit", "state": "installed", "action": "installed", "runs_first": "pre-commit.before-spaceform",
            "link": .null, "notes": [],
          ]
        ],
      ])
  }
}
