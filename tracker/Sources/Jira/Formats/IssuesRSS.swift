import Backlog
import Diagnostics
import Locking
import XML

/// The items as Jira's own "Export XML" shows issues (facts jira-import section 6.1), for programs that read that. Jira imports it
/// nowhere. Its form is tracker/schema/issues.rng.
enum IssuesRSS {
  static func write(_ set: ExportSet, site: JiraSite, to sink: ExportSink) throws(Failure) {
    let frame = try XMLWriter()
    let count = "\(set.items.count)"
    try frame.element("rss", [("version", "0.92")]) { () throws(Failure) in
      try frame.element("channel") { () throws(Failure) in
        try leaf(frame, "title", set.project.name)
        try leaf(frame, "link", "https://jira.example.com/browse/\(set.project.key)")
        try leaf(
          frame, "description", "A view of the backlog for programs that read Jira's XML export. Jira does not import it.")
        try leaf(frame, "language", "en-uk")
        try frame.element("issue", [("start", "0"), ("end", count), ("total", count)])
      }
    }
    // The items go in before the frame's end, each a document of its own first: so they are written on all processors.
    let text = try frame.finish()
    let ending = "  </channel>\n</rss>\n"
    guard text.hasSuffix(ending) else { throw Failure(doing: "writing the issues as XML", problem: "the frame has no end") }
    try sink(Array(text.dropLast(ending.count).utf8))
    let inward = inwardLinks(set)
    let problem = Locked<Failure?>(nil)
    try set.items.write(to: sink) { _, item in
      do throws(Failure) {
        let xml = try XMLWriter()
        try self.item(xml, item, set, site, inward[item.id] ?? Inward())
        let document = try xml.finish()
        return Array(document.utf8.drop { $0 != 10 }.dropFirst())
      } catch {
        problem.withLock { $0 = $0 ?? error }
        return []
      }
    }
    if let failure = problem.withLock({ $0 }) { throw failure }
    try sink(Array(ending.utf8))
  }

  private struct Inward: Sendable {
    var blocks: [ItemID] = []
    var relates: [ItemID] = []
    var subtasks: [ItemID] = []
  }

  private static func inwardLinks(_ set: ExportSet) -> [ItemID: Inward] {
    var inward: [ItemID: Inward] = [:]
    for item in set.items {
      for other in item.blocks { inward[other, default: Inward()].blocks.append(item.id) }
      for other in item.relates { inward[other, default: Inward()].relates.append(item.id) }
      if item.kind == .subtask, let parent = item.parent { inward[parent, default: Inward()].subtasks.append(item.id) }
    }
    return inward
  }

  /// Keys as the items have them in the backlog: Jira gives its own when it imports.
  private static func item(
    _ xml: XMLWriter, _ item: ExportItem, _ set: ExportSet, _ site: JiraSite, _ inward: Inward
  ) throws(Failure) {
    let key = item.id.description
    try xml.element("item") { () throws(Failure) in
      try leaf(xml, "title", "[\(key)] \(item.summary)")
      try leaf(xml, "link", "https://jira.example.com/browse/\(key)")
      try leaf(xml, "project", set.project.name, [("id", "10000"), ("key", set.project.key)])
      try leaf(xml, "description", item.html)
      try leaf(xml, "key", key, [("id", item.number)])
      try leaf(xml, "summary", item.summary)
      try leaf(xml, "type", set.kindName(item.kind, on: site), [("id", "\(ItemKind.allCases.firstIndex(of: item.kind) ?? 0)")])
      if item.kind == .subtask, let parent = item.parent {
        try leaf(xml, "parent", parent.description, [("id", String(parent.number))])
      }
      let priority = set.project.priorities.firstIndex(of: item.priority) ?? 0
      try leaf(xml, "priority", item.priority, [("id", "\(priority + 1)")])
      let status = item.isDelivered ? set.project.workflow.final : set.project.workflow.initial
      let statusID = WorkflowXML.statusID(status.name, set.request.ids) ?? "\(status == set.project.workflow.final ? 2 : 1)"
      try leaf(xml, "status", status.name, [("id", statusID)])
      try leaf(xml, "resolution", item.isDelivered ? "Done" : "Unresolved", [("id", item.isDelivered ? "1" : "-1")])
      try xml.element("labels") { () throws(Failure) in for label in item.labels { try leaf(xml, "label", label) } }
      try leaf(xml, "created", moment(set.schedule.start))
      try leaf(xml, "updated", moment(set.schedule.start))
      for version in item.versions { try leaf(xml, "fixVersion", version) }
      for component in item.components { try leaf(xml, "component", component) }
      if let due = item.due { try leaf(xml, "due", moment(due)) }
      if let estimate = item.estimate {
        for name in ["timeoriginalestimate", "timeestimate"] {
          try leaf(xml, name, words(estimate), [("seconds", "\(estimate.seconds)")])
        }
      }
      try links(xml, item, set, inward)
      if !inward.subtasks.isEmpty {
        try xml.element("subtasks") { () throws(Failure) in
          for subtask in inward.subtasks { try leaf(xml, "subtask", subtask.description, [("id", String(subtask.number))]) }
        }
      }
      if let epic = item.epic, item.kind.level == 1 {
        try xml.element("customfields") { () throws(Failure) in
          try xml.element(
            "customfield", [("id", "customfield_10000"), ("key", "com.pyxis.greenhopper.jira:gh-epic-link")]
          ) { () throws(Failure) in
            try leaf(xml, "customfieldname", "Epic Link")
            try xml.element("customfieldvalues") { () throws(Failure) in
              try leaf(xml, "customfieldvalue", epic.description)
            }
          }
        }
      }
    }
  }

  private static func links(_ xml: XMLWriter, _ item: ExportItem, _ set: ExportSet, _ inward: Inward) throws(Failure) {
    let types = [
      (id: 10000, name: set.project.blocksLink, words: ("blocks", "is blocked by"), out: item.blocks, in: inward.blocks),
      (id: 10001, name: set.project.relatesLink, words: ("relates to", "relates to"), out: item.relates, in: inward.relates),
    ].filter { !$0.out.isEmpty || !$0.in.isEmpty }
    guard !types.isEmpty else { return }
    try xml.element("issuelinks") { () throws(Failure) in
      for type in types {
        try xml.element("issuelinktype", [("id", "\(type.id)")]) { () throws(Failure) in
          try leaf(xml, "name", type.name)
          for (name, words, ids) in [("outwardlinks", type.words.0, type.out), ("inwardlinks", type.words.1, type.in)]
          where !ids.isEmpty {
            try xml.element(name, [("description", words)]) { () throws(Failure) in
              for id in ids {
                try xml.element("issuelink") { () throws(Failure) in
                  try leaf(xml, "issuekey", id.description, [("id", String(id.number))])
                }
              }
            }
          }
        }
      }
    }
  }

  private static func leaf(
    _ xml: XMLWriter, _ name: String, _ text: String, _ attributes: [(name: String, value: String)] = []
  ) throws(Failure) {
    try xml.element(name, attributes) { () throws(Failure) in if !text.isEmpty { try xml.text(text) } }
  }

  /// As RFC 822 has it, at midnight in no zone's favour.
  private static func moment(_ date: CalendarDate) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (year, month, dayOfMonth) = date.parts
    let day = days[Weekday.allCases.firstIndex(of: date.weekday) ?? 0]
    return "\(day), \(dayOfMonth) \(months[month - 1]) \(year) 00:00:00 +0000"
  }

  private static func words(_ time: WorkTime) -> String {
    let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
    let parts = [(hours, "hour"), (minutes, "minute")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return parts.isEmpty ? "0 minutes" : parts.joined(separator: ", ")
  }
}
