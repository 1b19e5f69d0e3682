import Backlog
import Console
import Diagnostics
import XML

/// A schedule as a picture: an item a row, a bar from its first day to its last, sprints behind them, dependencies as lines.
///
/// Coordinates are whole numbers, so that the same schedule is the same bytes.
struct GanttChart {
  private static let rowHeight = 20
  private static let labelWidth = 430
  private static let dayWidth = 7
  private static let headHeight = 46
  /// Rows that a picture holds; what a plan has beyond them is said below it.
  static let mostRows = 400

  private let scheduled: ScheduledBacklog
  private let rows: [Int]
  private let left: Int
  private let firstDay: CalendarDate
  private let dayCount: Int

  init(_ scheduled: ScheduledBacklog) {
    self.scheduled = scheduled
    let entries = scheduled.schedule.entries
    let planned = scheduled.backlog.items.indices.filter { entries[$0] != nil }
    rows = Array(planned.prefix(GanttChart.mostRows))
    left = planned.count - rows.count
    firstDay = scheduled.schedule.start
    dayCount = max(7, (scheduled.schedule.sprints.last?.end.day ?? firstDay.day) - firstDay.day + 1)
  }

  private var width: Int { GanttChart.labelWidth + dayCount * GanttChart.dayWidth + 10 }
  private var height: Int {
    GanttChart.headHeight + rows.count * GanttChart.rowHeight + (left > 0 ? GanttChart.rowHeight : 0) + 34
  }

  static let style = """
    .bar { fill: #4c78a8 } .epic { fill: #2f3b4c } .story { fill: #9fb8d3 } .critical { fill: #c8553d }
    .sprint { fill: #f1f4f8 } .line { stroke: #d5dbe3 } .edge { stroke: #8a94a3; fill: none }
    text { font-family: system-ui, sans-serif; font-size: 11px; fill: #1c2430 } .head { font-weight: 600 }
    """

  func write(to xml: XMLWriter, withStyle: Bool) throws(Failure) {
    let title = "Schedule of \(scheduled.backlog.project.name), \(scheduled.schedule.start) to \(scheduled.schedule.end)"
    try xml.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("width", "\(width)"), ("height", "\(height)"),
        ("viewBox", "0 0 \(width) \(height)"), ("role", "img"),
      ]
    ) { () throws(Failure) in
      try xml.element("title") { () throws(Failure) in try xml.text(Printable.text(title)) }
      if withStyle { try xml.element("style") { () throws(Failure) in try xml.text(GanttChart.style) } }
      try xml.element("rect", [("width", "\(width)"), ("height", "\(height)"), ("fill", "#ffffff")])
      try sprints(xml)
      try edges(xml)
      for (row, index) in rows.enumerated() { try bar(xml, row: row, index: index) }
      try legend(xml)
    }
  }

  private func x(_ date: CalendarDate) -> Int { GanttChart.labelWidth + (date.day - firstDay.day) * GanttChart.dayWidth }
  private func y(_ row: Int) -> Int { GanttChart.headHeight + row * GanttChart.rowHeight }

  private func sprints(_ xml: XMLWriter) throws(Failure) {
    let bottom = y(rows.count)
    for sprint in scheduled.schedule.sprints {
      let days = sprint.end.day - sprint.start.day + 1
      if sprint.number % 2 == 1 {
        try xml.element(
          "rect",
          [
            ("class", "sprint"), ("x", "\(x(sprint.start))"), ("y", "4"), ("width", "\(days * GanttChart.dayWidth)"),
            ("height", "\(bottom - 4)"),
          ])
      }
      try text(xml, "Sprint \(sprint.number)", x: x(sprint.start) + 4, y: 18, isHead: true)
      try text(xml, sprint.start.description, x: x(sprint.start) + 4, y: 34, isHead: false)
    }
  }

  private func bar(_ xml: XMLWriter, row: Int, index: Int) throws(Failure) {
    let item = scheduled.backlog.items[index]
    guard let entry = scheduled.schedule.entries[index] else { return }
    let indent = item.kind.level * 12
    let label = "\(item.id.value) \(item.summary.value)"
    let fitting = (GanttChart.labelWidth - indent - 12) / 6
    try text(
      xml, label.count > fitting ? label.prefix(fitting - 1) + "…" : label, x: 4 + indent, y: y(row) + 14,
      isHead: item.kind == .epic)
    let isLeaf = item.children.isEmpty
    let kind = !isLeaf ? (item.kind == .epic ? "epic" : "story") : entry.slack == 0 ? "critical" : "bar"
    let height = isLeaf ? 12 : 6
    try xml.element(
      "rect",
      [
        ("class", kind), ("x", "\(x(entry.start))"), ("y", "\(y(row) + (GanttChart.rowHeight - height) / 2)"),
        ("width", "\((entry.end.day - entry.start.day + 1) * GanttChart.dayWidth)"), ("height", "\(height)"), ("rx", "2"),
      ]
    ) { () throws(Failure) in
      try xml.element("title") { () throws(Failure) in
        try xml.text(Printable.text("\(label): \(entry.start) to \(entry.end)"))
      }
    }
  }

  /// From the end of what blocks to the beginning of what is blocked.
  private func edges(_ xml: XMLWriter) throws(Failure) {
    let rowOf = Dictionary(rows.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for (row, index) in rows.enumerated() {
      guard let entry = scheduled.schedule.entries[index] else { continue }
      for blocker in scheduled.backlog.items[index].blockedBy {
        guard let other = scheduled.backlog.index(of: blocker.value), let otherRow = rowOf[other],
          let before = scheduled.schedule.entries[other]
        else { continue }
        let from = (x: x(before.end + 1), y: y(otherRow) + GanttChart.rowHeight / 2)
        let to = (x: x(entry.start), y: y(row) + GanttChart.rowHeight / 2)
        let turn = max(from.x + 3, to.x - 3)
        try xml.element(
          "path",
          [("class", "edge"), ("d", "M\(from.x) \(from.y) H\(turn) V\(to.y) H\(to.x)")])
      }
    }
  }

  private func legend(_ xml: XMLWriter) throws(Failure) {
    var row = rows.count
    if left > 0 {
      try text(xml, "and \(left) more items", x: 4, y: y(row) + 14, isHead: false)
      row += 1
    }
    let base = y(row) + 14
    var x = 4
    for (kind, label) in [("critical", "on a critical path"), ("bar", "with slack"), ("story", "has parts"), ("epic", "epic")] {
      try xml.element(
        "rect", [("class", kind), ("x", "\(x)"), ("y", "\(base)"), ("width", "14"), ("height", "10"), ("rx", "2")])
      try text(xml, label, x: x + 20, y: base + 9, isHead: false)
      x += 130
    }
  }

  private func text(_ xml: XMLWriter, _ text: String, x: Int, y: Int, isHead: Bool) throws(Failure) {
    var attributes = [(name: "x", value: "\(x)"), (name: "y", value: "\(y)")]
    if isHead { attributes.append((name: "class", value: "head")) }
    try xml.element("text", attributes) { () throws(Failure) in try xml.text(Printable.text(text)) }
  }
}
