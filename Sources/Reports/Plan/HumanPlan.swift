import Console
import Diagnostics
import Reconciler
import SpaceModel

/// A plan for people at a terminal.
public struct HumanPlan {
  private let style: Style
  /// Lists every file of a Space to be created, not only their number.
  private let isVerbose: Bool

  public init(style: Style, isVerbose: Bool = false) {
    self.style = style
    self.isVerbose = isVerbose
  }

  public func text(_ plan: Plan) -> String {
    var lines: [String] = []
    for space in plan.spaces where space.action != .none || space.isBlocked || !space.notes.isEmpty {
      lines += section(space)
      lines.append("")
    }
    for refusal in plan.refusals { lines += refused(refusal, indent: "") + [""] }
    lines += PlanSummary(style: style).lines(plan)
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: One Space

  private func section(_ space: SpacePlan) -> [String] {
    var title = "\(mark(space.action)) \(style.bold(space.address.description))  \(verb(space))"
    if space.origin == .drift { title += style.yellow("  (drift: changed outside)") }
    var lines = [title]
    let width = space.changes.filter { $0.path != "content" }.map(\.path.count).max() ?? 0
    for change in space.changes where change.path != "content" && change.path != "address" {
      lines.append("    " + self.line(change, width: width, isNew: space.action == .create))
    }
    lines += files(space)
    if space.action == .verify {
      lines.append("    its last commit was never seen running: apply waits for it again")
    }
    lines += space.notes.map { "    " + style.dim("note: ") + Printable.text($0) }
    if let blocked = space.blocked { lines += refused(blocked, indent: "    ") }
    if let blocked = space.blockedContent {
      lines += refused(blocked, indent: "    ")
      lines += space.foreignCommits.prefix(5).map { "      \(style.dim("commit")) \(Printable.text($0))" }
      if space.foreignCommits.count > 5 { lines.append("      and \(space.foreignCommits.count - 5) more") }
    }
    return lines
  }

  private func verb(_ space: SpacePlan) -> String {
    switch space.action {
    case .create: "will be created"
    case .update:
      space.effect >= .rebuild
        ? "will be updated and rebuilt" : space.effect >= .restart ? "will be updated and restarted" : "will be updated"
    case .move: "will be moved here from \(space.movedFrom?.description ?? "elsewhere")"
    case .adopt: "will be taken over"
    case .replace: "will be deleted and created again"
    case .destroy: "will be destroyed"
    case .forget: "will be forgotten"
    case .verify: "will be waited for"
    case .none: "is as defined"
    }
  }

  private func mark(_ action: SpacePlan.Action) -> String {
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

  private func line(_ change: Change, width: Int, isNew: Bool) -> String {
    let name = change.path + String(repeating: " ", count: max(0, width - change.path.count))
    let predicted = change.isPredicted ? style.dim("  (predicted)") : ""
    if change.isSecret {
      let text = change.new?.stringValue ?? style.red("will be deleted")
      return "\(name)  \(text)"
    }
    switch (change.old, change.new) {
    case (_, nil): return "\(name)  \(value(change.old)) \(style.red("→ removed"))\(effect(change))"
    case (nil, let new): return "\(name)  \(value(new))\(predicted)\(isNew ? "" : effect(change))"
    case (let old, let new): return "\(name)  \(value(old)) → \(value(new))\(predicted)\(effect(change))"
    }
  }

  private func effect(_ change: Change) -> String {
    switch change.effect {
    case .none, .inPlace: ""
    case .restart: style.dim("  restarts")
    case .rebuild: style.dim("  rebuilds")
    case .replace: style.red("  replaces")
    }
  }

  private func value(_ json: JSONValue?) -> String {
    guard let json else { return "(not set)" }
    let text = if case .string(let text) = json { text } else { json.canonicalText }
    let safe = Printable.text(text).split(whereSeparator: \.isNewline).joined(separator: "\\n")
    return safe.count > 100 ? safe.prefix(97) + "…" : safe
  }

  // MARK: Files

  private func files(_ space: SpacePlan) -> [String] {
    guard !space.files.isEmpty else { return [] }
    let size = space.files.filter { $0.operation != .delete }.reduce(0) { $0 + $1.size }
    let counts = FileChange.Operation.allCases.compactMap { operation -> String? in
      let count = space.files.filter { $0.operation == operation }.count
      return count == 0 ? nil : "\(count) to \(operation.rawValue)"
    }
    var lines = ["    files  \(counts.joined(separator: ", ")) (\(ByteCount.text(size)))"]
    let shown = space.action == .create && !isVerbose ? 0 : isVerbose ? space.files.count : 20
    for file in space.files.prefix(shown) {
      let mark =
        switch file.operation {
        case .add: style.green("+")
        case .update: style.yellow("~")
        case .delete: style.red("-")
        }
      lines.append("      \(mark) \(Printable.text(file.path))  \(style.dim(ByteCount.text(file.size)))")
    }
    if shown > 0, space.files.count > shown { lines.append("      and \(space.files.count - shown) more (-v lists all)") }
    return lines
  }

  private func refused(_ refusal: Refusal, indent: String) -> [String] {
    [
      "\(indent)\(style.red("blocked:")) \(Printable.text(refusal.reason))",
      "\(indent)\(style.cyan("help:")) \(Printable.text(refusal.help))",
    ]
  }
}

/// Sizes for people: whole bytes, then decimal units with one digit.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    var value = bytes
    for unit in ["kB", "MB", "GB"] {
      if value < 1000 { break }
      let next = value / 1000
      if next < 1000 || unit == "GB" { return "\(next).\(value % 1000 / 100) \(unit)" }
      value = next
    }
    return "\(bytes) B"
  }
}
