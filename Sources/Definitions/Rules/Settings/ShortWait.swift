import Diagnostics
import SpaceModel

extension Rule {
  static let shortWait: Rule = Rule(
    "SF121", severity: .warning,
    summary: "Apply gives up before the Hub does.",
    explanation: """
      `startup_duration_timeout` is how long the Hub lets the app take to start. Apply waits for 30 minutes unless `wait.timeout` \
      says otherwise. Where that is less, a Space that starts as slowly as it may ends the run as failed.
      """,
    failing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\ncard:\n  startup_duration_timeout: 1h\n  emoji: 💬\n  color_from: blue\n  color_to: blue\n",
      also: ["apps/chat/Dockerfile": "FROM python:3.12-slim\nEXPOSE 7860\n"]),
    passing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\nwait: { timeout: 1h }\ncard:\n  startup_duration_timeout: 1h\n  emoji: 💬\n  color_from: blue\n  color_to: blue\n",
      also: ["apps/chat/Dockerfile": "FROM python:3.12-slim\nEXPOSE 7860\n"]),
    check: .space { space, _ in
      guard space.waitCondition == .running, let allowed = space.card["startup_duration_timeout"]?.text,
        let start = TimeSpan(allowed.value)
      else { return [] }
      let wait = space.waitTimeout?.value ?? WaitPolicy(condition: .running).timeout
      guard wait.seconds < start.seconds else { return [] }
      return [
        Rule.shortWait.finding(
          "the app may take \(start) to start, and apply waits \(wait)",
          help: "Write `wait: { timeout: \(start) }`, or more, in the Space's definition.", at: allowed.place.value,
          related: space.waitTimeout.map { [RelatedSpan(span: $0.place.value, message: "how long apply waits")] } ?? [])
      ]
    })
}
