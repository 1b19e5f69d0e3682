import Console
import Diagnostics
import Reconciler
import SpaceModel

/// A plan for people at a terminal.
public struct HumanPlan: Sendable {
  private let style: Style
  /// Lists every file of a Space to be created, not only their number.
  private let isVerbose: Bool

  public init(style: Style, isVerbose: Bool = false) {
    self.style = style
    self.isVerbose = isVerbose
  }

  public func text(_ plan: Plan) -> String {
    var lines: [String] = []
    for space in plan.spaces where Self.isShown(space) {
      lines += section(space)
      lines.append("")
    }
    return text(lines, end: plan)
  }

  /// Whether there is anything to say of a Space.
  static func isShown(_ space: SpacePlan) -> Bool {
    space.action != .none || space.isBlocked || !space.notes.isEmpty || !space.unmanaged.isEmpty
  }

  static let plain = HumanPlan(style: .plain)

  /// What is blocked, and the totals.
  public func summary(_ plan: Plan) -> String {
    var lines: [String] = []
    for space in plan.spaces where space.isBlocked { lines += section(space) + [""] }
    return text(lines, end: plan)
  }

  private func text(_ lines: [String], end plan: Plan) -> String {
    let refusals = plan.refusals.flatMap { refused($0, indent: "") + [""] }
    return (lines + refusals + PlanSummary(style: style).lines(plan)).joined(separator: "\n") + "\n"
  }

  // MARK: One Space

  func section(_ space: SpacePlan) -> [String] {
    var title = "\(mark(space.action)) \(style.bold(space.address.description))  \(verb(space))"
    if space.origin == .drift { title += style.yellow("  (drift: changed outside)") }
    var lines = [title]
    // The address stands in the title, and the files have lines of their own.
    let changes = space.changes.filter { $0.path != "content" && $0.path != "address" }
    let hasFiles = !space.files.isEmpty || space.changes.contains { $0.path == "content" }
    let names = changes.map(\.path) + (hasFiles ? ["files"] : [])
    let width = names.map(Columns.count).max() ?? 0
    let changeLines = ChangeLines(
      style: style, width: width, isNew: space.action == .create, marksDrift: space.origin == .wanted)
    for change in changes { lines += changeLines.lines(change).map { "    " + $0 } }
    lines += FileLines(style: style, width: width, isVerbose: isVerbose).lines(space).map { "    " + $0 }
    if space.action == .verify {
      lines.append("    its last commit was never seen running: apply waits for it again")
    }
    lines += space.notes.map { "    " + style.dim("note:") + " " + Printable.text($0) }
    lines += unmanaged(space.unmanaged).map { "    " + style.dim("not managed here:") + " " + $0 }
    if let blocked = space.blocked { lines += refused(blocked, indent: "    ") }
    if let blocked = space.blockedContent {
      lines += refused(blocked, indent: "    ")
      lines += space.foreignCommits.prefix(5).map { "      \(style.dim("commit")) \(TerminalText.escaped($0))" }
      if space.foreignCommits.count > 5 { lines.append("      and \(space.foreignCommits.count - 5) more") }
    }
    return lines
  }

  private func unmanaged(_ keys: UnmanagedKeys) -> [String] {
    [("variables", keys.variables), ("secrets", keys.secrets)].compactMap { kind, names in
      names.isEmpty ? nil : "\(kind) " + names.map(Printable.text).joined(separator: ", ")
    }
  }

  func verb(_ space: SpacePlan) -> String {
    let will = space.blocked == nil ? "will be" : "would be"
    let rest = space.blockedContent == nil ? "" : ", without its files"
    return switch space.action {
    case .create: "\(will) created"
    case .update: "\(will) updated\(disturbance(space))\(rest)"
    case .move: "\(will) moved here from \(space.movedFrom?.description ?? "elsewhere")\(disturbance(space))\(rest)"
    case .adopt: "\(will) taken over\(disturbance(space))\(rest)"
    case .replace: "\(will) deleted and created again"
    case .destroy: "\(will) destroyed"
    case .forget: "\(will) forgotten"
    case .verify: "\(will) waited for\(rest)"
    case .none: space.blockedContent == nil ? "is as defined" : "has other files than defined"
    }
  }

  private func disturbance(_ space: SpacePlan) -> String {
    space.effect >= .rebuild ? " and rebuilt" : space.effect >= .restart ? " and restarted" : ""
  }

  func mark(_ action: SpacePlan.Action) -> String {
    switch action {
    case .create: style.green("+")
    case .update, .move, .adopt: style.yellow("~")
    case .replace: style.red("±")
    case .destroy: style.red("-")
    case .forget: style.dim("-")
    case .verify: style.cyan("?")
    case .none: " "
    }
  }

  func refused(_ refusal: Refusal, indent: String) -> [String] {
    [
      "\(indent)\(style.red("blocked:")) \(Printable.text(refusal.reason))",
      "\(indent)\(style.cyan("help:")) \(Printable.text(refusal.help))",
    ]
  }
}
