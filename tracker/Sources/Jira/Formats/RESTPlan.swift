import Backlog
import Diagnostics
import SpaceModel

/// The calls that make everything through Jira's REST API, one JSON object a line, in the order they are to be made
/// (facts jira-import section 8). What a call gives is named by `saves`, and used by later ones as `${issue:PB-0101}`.
enum RESTPlan {
  private static let bulk = 50

  static func write(_ set: ExportSet, site: JiraSite, to sink: ExportSink) throws(Failure) {
    let api = site == .cloud ? "/rest/api/3" : "/rest/api/2"
    let key = JSONText.string(set.project.key)
    for component in set.project.components {
      let body = JSONText.object([
        "name": JSONText.string(component.name), "description": JSONText.string(component.description), "project": key,
      ])
      try sink(call("component", "\(api)/component", body))
    }
    for version in set.project.versions {
      let body = JSONText.object([
        "name": JSONText.string(version.name), "description": JSONText.string(version.description), "project": key,
        "released": version.isReleased ? "true" : "false",
        "releaseDate": set.versionDates[version.name].map { "\"\($0)\"" },
      ])
      try sink(call("version", "\(api)/version", body))
    }
    // A parent has to be there before what lies in it.
    for level in 0...2 {
      let items = set.items.filter { $0.kind.level == level }
      let starts = Array(stride(from: 0, to: items.count, by: bulk))
      try starts.write(to: sink) { _, start in
        let part = items[start..<min(start + bulk, items.count)]
        let updates = part.map { JSONText.object(["fields": fields($0, set, site)]) }
        return call(
          "issues", "\(api)/issue/bulk", JSONText.object(["issueUpdates": JSONText.array(updates)]),
          saves: part.map { "issue:\($0.id)" }, findFirst: part.map { "labels = \"\($0.id.label)\"" })
      }
    }
    // The blocker is the outward end. Clients differ in how they read the two names: see IMPORT.md.
    try set.items.write(to: sink) { _, item in
      [(set.project.blocksLink, item.blocks), (set.project.relatesLink, item.relates)].flatMap { name, others in
        others.flatMap { other in
          call(
            "link", "\(api)/issueLink",
            JSONText.object([
              "type": JSONText.object(["name": JSONText.string(name)]), "inwardIssue": issueKey(item.id),
              "outwardIssue": issueKey(other),
            ]))
        }
      }
    }
    try writeSprints(set, to: sink)
  }

  private static func writeSprints(_ set: ExportSet, to sink: ExportSink) throws(Failure) {
    let bySprint = Dictionary(grouping: set.items.filter { $0.kind.level == 1 && $0.sprint != nil }) { $0.sprint?.number ?? 0 }
    for sprint in set.schedule.sprints {
      guard let items = bySprint[sprint.number] else { continue }
      let name = "sprint:\(sprint.number)"
      let body = JSONText.object([
        "name": JSONText.string("\(set.project.key) Sprint \(sprint.number)"), "originBoardId": "\"${board}\"",
        "startDate": "\"\(sprint.start)T00:00:00.000Z\"", "endDate": "\"\(sprint.end)T23:59:00.000Z\"",
      ])
      try sink(call("sprint", "/rest/agile/1.0/sprint", body, saves: [name]))
      for start in stride(from: 0, to: items.count, by: bulk) {
        let part = items[start..<min(start + bulk, items.count)]
        let body = JSONText.object(["issues": JSONText.array(part.map { JSONText("\"${issue:\($0.id)}\"") })])
        try sink(call("sprint issues", "/rest/agile/1.0/sprint/${\(name)}/issue", body))
      }
    }
  }

  private static func call(
    _ step: String, _ path: String, _ body: JSONText, saves: [String] = [], findFirst: [String]? = nil
  ) -> [UInt8] {
    let text = JSONText.object([
      "step": "\"\(step)\"", "method": "\"POST\"", "path": "\"\(path)\"", "body": body, "saves": JSONText.strings(saves),
      "find_first": findFirst.map(JSONText.strings),
    ])
    return text.bytes + [10]
  }

  private static func issueKey(_ id: ItemID) -> JSONText { "{\"key\":\"${issue:\(id)}\"}" }

  private static func fields(_ item: ExportItem, _ set: ExportSet, _ site: JiraSite) -> JSONText {
    func named(_ name: String) -> JSONText { JSONText.object(["name": JSONText.string(name)]) }
    let isCloud = site == .cloud
    let hasParent = isCloud || item.kind == .subtask
    let hasEpicLink = !isCloud && item.kind.level == 1
    let user =
      isCloud
      ? item.assignee?.cloud.map { JSONText.object(["accountId": JSONText.string($0)]) } : item.assignee?.datacenter.map(named)
    return JSONText.object([
      "project": JSONText.object(["key": JSONText.string(set.project.key)]),
      "issuetype": named(set.kindName(item.kind, on: site)),
      "summary": item.summaryJSON, "priority": named(item.priority), "labels": item.labelsJSON,
      "description": item.wikiJSON == nil ? nil : isCloud ? item.document : item.wikiJSON,
      "components": item.components.isEmpty ? nil : JSONText.array(item.components.map(named)),
      "fixVersions": item.versions.isEmpty ? nil : JSONText.array(item.versions.map(named)),
      "duedate": item.due.map { "\"\($0)\"" },
      "timetracking": item.estimate.map { "{\"originalEstimate\":\"\(duration($0))\"}" },
      "parent": hasParent ? item.parent.map(issueKey) : nil,
      "${field:Epic Name}": !isCloud && item.kind == .epic ? JSONText.string(ImportColumns.epicName(item)) : nil,
      "${field:Epic Link}": hasEpicLink ? item.epic.map { "\"${issue:\($0)}\"" } : nil, "assignee": user,
    ])
  }

  /// In hours and minutes, which are the same on every site; a day is as long as the site says.
  private static func duration(_ time: WorkTime) -> String {
    let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
    let parts = [(hours, "h"), (minutes, "m")].filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
    return parts.isEmpty ? "0m" : parts.joined(separator: " ")
  }
}
