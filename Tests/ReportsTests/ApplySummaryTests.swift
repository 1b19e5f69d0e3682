import Console
import Diagnostics
import Reconciler
import Reports
import SpaceModel
import State
import Testing

@Suite("The end of an apply")
struct ApplySummaryTests {
  private var mixed: ApplySummary {
    var summary = ApplySummary(lock: Lock(project: "demos", hub: "local"))
    summary.done = [address("acme/api"), address("acme/old")]
    summary.created = [address("acme/api")]
    summary.failed = [
      (
        address("acme/chat"),
        Failure(
          doing: "waiting until acme/chat is live",
          problem: "BUILD_ERROR: exit code 1\n  the end of its build log:\n  | \u{1B}[31mno such file", help: "correct it")
      ),
      (address("acme/paid"), Failure(doing: "creating acme/paid", problem: "no payment method", status: .notAllowed)),
    ]
    summary.notStarted = [(address("acme/web"), "acme/chat it depends on is not ready")]
    return summary
  }

  private func text(_ summary: ApplySummary, style: Style = .plain) -> String {
    ApplySummaryText(style: style).text(
      summary, endpoint: "http://127.0.0.1:7780", command: "spaceform apply --auto-approve")
  }

  @Test("says what failed and why, what was not begun, and how to go on")
  func human() throws {
    try Golden.expect(text(mixed), "summary.txt")
    #expect(text(mixed, style: Style(isColoured: true)).replacing(/\u{1B}\[[0-9]+m/, with: "") == text(mixed))
  }

  @Test("has a stable form for programs")
  func json() throws {
    try Golden.expect(ApplySummaryText.json(mixed, digest: "sha256:d").prettyText, "summary.json")
  }

  @Test("is short when all went well")
  func success() {
    var summary = ApplySummary(lock: Lock(project: "demos", hub: "local"))
    summary.done = [address("acme/chat")]
    #expect(text(summary) == "Apply: 1 done.\n")
  }

  @Test("says that it was stopped, and how to go on")
  func stopped() {
    var summary = ApplySummary(lock: Lock(project: "demos", hub: "local"))
    summary.isInterrupted = true
    summary.notStarted = [(address("acme/chat"), "stopped")]
    #expect(
      text(summary) == """
        not finished: acme/chat: stopped
        Stopped: 0 done, 1 not finished.
        What is done is saved. To go on: spaceform apply --auto-approve

        """)
    #expect(ApplySummaryText.json(summary, digest: "d")["interrupted"] == true)
  }
}
