import Console
import Diagnostics
import Reconciler
import SpaceModel

/// The end of an apply: done, failed, not started, and the one command that continues.
public struct ApplySummaryText {
  private let style: Style

  public init(style: Style) { self.style = style }

  /// - Parameters:
  ///   - summary: what became of each Space.
  ///   - endpoint: the address of the Hub, for links.
  ///   - command: what to run to go on.
  public func text(_ summary: ApplySummary, endpoint: String, command: String) -> String {
    var lines: [String] = []
    for (space, failure) in summary.failed {
      lines.append("\(style.red("failed:")) \(style.bold(space.description)) while \(Printable.text(failure.doing))")
      lines += Printable.text(failure.problem).split(whereSeparator: \.isNewline).map { "  \($0)" }
      if let help = failure.help { lines.append("  \(style.cyan("help:")) \(Printable.text(help))") }
    }
    for (space, reason) in summary.notStarted {
      lines.append("\(style.yellow("not finished:")) \(space): \(Printable.text(reason))")
    }
    if !summary.created.isEmpty {
      lines.append("Created:")
      lines += summary.created.map { "  \(endpoint)/spaces/\($0)" }
    }
    var counts = ["\(summary.done.count) done"]
    if !summary.failed.isEmpty { counts.append("\(summary.failed.count) failed") }
    if !summary.notStarted.isEmpty { counts.append("\(summary.notStarted.count) not finished") }
    lines.append(style.bold(summary.isInterrupted ? "Stopped:" : "Apply:") + " " + counts.joined(separator: ", ") + ".")
    if !summary.failed.isEmpty || !summary.notStarted.isEmpty {
      lines.append("What is done is saved. To go on: \(command)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public static func json(_ summary: ApplySummary, digest: String) -> JSONValue {
    [
      "format_version": 1,
      "operations_digest": .string(digest),
      "interrupted": .bool(summary.isInterrupted),
      "done": .array(summary.done.map { .string($0.description) }),
      "failed": .array(
        summary.failed.map { space, failure in
          .object(members(of: failure).merging(["address": .string(space.description)]) { own, _ in own })
        }),
      "not_finished": .array(
        summary.notStarted.map { ["address": .string($0.space.description), "reason": .string($0.reason)] }),
      "created": .array(summary.created.map { .string($0.description) }),
    ]
  }

  static func members(of failure: Failure) -> [String: JSONValue] {
    [
      "doing": .string(failure.doing), "problem": .string(failure.problem),
      "help": failure.help.map(JSONValue.string) ?? .null, "exit_status": .int(Int(failure.status.rawValue)),
    ]
  }
}
