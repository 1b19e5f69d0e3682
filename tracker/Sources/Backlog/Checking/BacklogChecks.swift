import Diagnostics
import Parallel

/// Everything a backlog can be found wrong in once it is read.
public struct BacklogChecks {
  let backlog: Backlog
  /// What a file of the repository holds, for proofs; nil when there is none. Without it proofs are not looked for.
  let proofText: (@Sendable (String) -> String?)?
  var findings: [Finding] = []

  /// - Parameters:
  ///   - backlog: what is checked.
  ///   - proofText: reads a file below the repository's top.
  ///   - wikiLength: how many characters an item's text has in Jira; only the export knows.
  public static func findings(
    in backlog: Backlog, proofText: (@Sendable (String) -> String?)?, wikiLength: @Sendable (Item) -> Int
  ) -> [Finding] {
    var checks = BacklogChecks(backlog: backlog, proofText: proofText)
    guard !backlog.items.isEmpty else {
      return [
        .backlog(
          .emptyBacklog, "the backlog has no items", help: "Write the first one into a file of the folder backlog/.",
          SourceSpan(file: backlog.project.file))
      ]
    }
    checks.checkIDs()
    checks.checkReferences()
    checks.findings += Array(backlog.items.indices).concurrentMap(stretch: 128) { index in
      var checks = BacklogChecks(backlog: backlog, proofText: proofText)
      checks.check(index, backlog.items[index], wikiLength: wikiLength)
      return checks.findings
    }.flatMap(\.self)
    checks.checkSchedule()
    return checks.findings
  }

  private mutating func check(_ index: Int, _ item: Item, wikiLength: (Item) -> Int) {
    checkHierarchy(index, item)
    checkNames(item)
    checkEstimate(index, item)
    checkAcceptance(item)
    checkText(item, wikiLength: wikiLength)
    checkLabels(item)
    checkDates(item)
    checkProof(index, item)
  }

  mutating func note<Value>(
    _ rule: BacklogRule, _ severity: Severity, _ message: String, help: String? = nil, at place: Placed<Value>, of item: Item,
    related: [RelatedSpan] = []
  ) {
    findings.append(
      Finding(
        rule: rule.id, severity: severity, message: message, help: help, span: backlog.span(place, of: item), related: related))
  }

  mutating func note<Value>(
    _ rule: BacklogRule, _ message: String, help: String? = nil, at place: Placed<Value>, of item: Item,
    related: [RelatedSpan] = []
  ) {
    note(rule, .error, message, help: help, at: place, of: item, related: related)
  }

  // MARK: Ids and what they point at

  private mutating func checkIDs() {
    var byID: [ItemID: Int] = [:]
    var byNumber: [Int: Int] = [:]
    for (index, item) in backlog.items.enumerated() {
      let id = item.id.value
      if let first = byID[id] ?? byNumber[id.number] {
        let other = backlog.items[first]
        let isSame = other.id.value == id
        note(
          .duplicateID,
          isSame
            ? "the id \(id) stands twice" : "\(id) has the number of \(other.id.value), and Jira's importers see only that",
          help: "Give one of the two a number of its own.", at: item.id, of: item,
          related: [RelatedSpan(span: backlog.span(other.id, of: other), message: "the first is here")])
      } else {
        byID[id] = index
        byNumber[id.number] = index
      }
    }
  }

  private mutating func checkReferences() {
    for item in backlog.items {
      for reference in item.blockedBy + item.relates {
        if reference.value == item.id.value {
          note(
            .unknownReference, "\(item.id.value) points at itself", help: "Remove the reference.", at: reference, of: item)
        } else if backlog.index(of: reference.value) == nil {
          let known = backlog.items.count <= 2000 ? backlog.indexes.keys.map(\.description) : []
          let nearest = Suggestion.nearest(to: reference.value.description, among: known.sorted())
          note(
            .unknownReference, "there is no item \(reference.value)",
            help: nearest.map { "Did you mean \($0)?" } ?? "Write the id of an item of the backlog.", at: reference, of: item)
        }
      }
    }
    for cycle in DependencyCycles(DependencyGraph(backlog)).all() { note(cycle: cycle) }
  }

  private mutating func note(cycle: [Int]) {
    var items: [Int] = []
    for node in cycle {
      let item = DependencyGraph.item(node)
      if items.last != item { items.append(item) }
    }
    if items.count > 1, items.first == items.last { items.removeLast() }
    // Along the edges the earlier comes first; people say who waits for whom.
    let names = items.reversed().map { backlog.items[$0].id.value.description }
    let chain = (names + [names[0]]).joined(separator: " → ")
    // The place is where one of them says that it waits for another.
    for index in items {
      let item = backlog.items[index]
      let others = Set(items.map { backlog.items[$0].id.value })
      guard let reference = item.blockedBy.first(where: { others.contains($0.value) }) else { continue }
      note(
        .dependencyCycle, "items wait for each other: \(chain)", help: "Take one of these dependencies out.", at: reference,
        of: item)
      return
    }
  }

  // MARK: Dates

  private mutating func checkSchedule() {
    guard !findings.hasErrors, backlog.items.contains(where: { $0.due != nil }), let schedule = Scheduler.schedule(backlog)
    else { return }
    for (index, item) in backlog.items.enumerated() {
      guard let due = item.due, let entry = schedule.entries[index], entry.end > due.value else { continue }
      note(
        .lateItem, .warning, "\(item.id.value) is due on \(due.value) and planned to end on \(entry.end)",
        help: "Raise its priority, take out what it waits for, add people to its role, or move the date.", at: due, of: item)
    }
  }
}
