import Backlog
import SpaceModel

/// The calls that make everything through Jira's REST API, one JSON object a line, in the order they are to be made
/// (facts jira-import section 8). What a call gives is named by `saves`, and used by later ones as `${issue:PB-0101}`.
enum RESTPlan {
  private static let bulk = 50

  static func text(_ set: ExportSet, site: JiraSite) -> [UInt8] {
    var text: [UInt8] = []
    func call(_ step: String, _ path: String, _ body: JSONValue, saves: [String] = [], idempotent: JSONValue = .null) {
      var members: [String: JSONValue] = [
        "step": .string(step), "method": "POST", "path": .string(path), "body": body,
        "saves": .array(saves.map(JSONValue.string)),
      ]
      if idempotent != .null { members["find_first"] = idempotent }
      text += JSONValue.object(members).canonicalText.utf8
      text.append(10)
    }
    let api = site == .cloud ? "/rest/api/3" : "/rest/api/2"
    for component in set.project.components {
      call(
        "component", "\(api)/component",
        [
          "name": .string(component.name), "description": .string(component.description), "project": .string(set.project.key),
        ])
    }
    for version in set.project.versions {
      var body: [String: JSONValue] = [
        "name": .string(version.name), "description": .string(version.description), "project": .string(set.project.key),
        "released": .bool(version.isReleased),
      ]
      if let date = set.versionDates[version.name] { body["releaseDate"] = .string(date.description) }
      call("version", "\(api)/version", .object(body))
    }
    // A parent has to be there before what lies in it.
    for level in 0...2 {
      let items = set.items.filter { $0.kind.level == level }
      for start in stride(from: 0, to: items.count, by: bulk) {
        let part = items[start..<min(start + bulk, items.count)]
        call(
          "issues", "\(api)/issue/bulk", ["issueUpdates": .array(part.map { ["fields": fields($0, set, site)] })],
          saves: part.map { "issue:\($0.id)" }, idempotent: .array(part.map { .string("labels = \"\($0.id.label)\"") }))
      }
    }
    // The blocker is the outward end. Clients differ in how they read the two names: see IMPORT.md.
    for item in set.items {
      for (name, others) in [(set.project.blocksLink, item.blocks), (set.project.relatesLink, item.relates)] {
        for other in others {
          call(
            "link", "\(api)/issueLink",
            [
              "type": ["name": .string(name)], "inwardIssue": ["key": .string("${issue:\(item.id)}")],
              "outwardIssue": ["key": .string("${issue:\(other)}")],
            ])
        }
      }
    }
    for sprint in set.schedule.sprints {
      let items = set.items.filter { $0.sprint == sprint && $0.kind.level == 1 }
      guard !items.isEmpty else { continue }
      let name = "sprint:\(sprint.number)"
      call(
        "sprint", "/rest/agile/1.0/sprint",
        [
          "name": .string("\(set.project.key) Sprint \(sprint.number)"), "originBoardId": "${board}",
          "startDate": .string("\(sprint.start)T00:00:00.000Z"), "endDate": .string("\(sprint.end)T23:59:00.000Z"),
        ], saves: [name])
      for start in stride(from: 0, to: items.count, by: bulk) {
        let part = items[start..<min(start + bulk, items.count)]
        call(
          "sprint issues", "/rest/agile/1.0/sprint/${\(name)}/issue",
          ["issues": .array(part.map { .string("${issue:\($0.id)}") })])
      }
    }
    return text
  }

  private static func fields(_ item: ExportItem, _ set: ExportSet, _ site: JiraSite) -> JSONValue {
    var fields: [String: JSONValue] = [
      "project": ["key": .string(set.project.key)], "issuetype": ["name": .string(set.kindName(item.kind, on: site))],
      "summary": .string(item.summary), "priority": ["name": .string(item.priority)],
      "labels": .array(item.labels.map(JSONValue.string)),
    ]
    if !item.wiki.isEmpty {
      fields["description"] = site == .cloud ? AtlassianDocument.value(item.document) : .string(item.wiki)
    }
    if !item.components.isEmpty { fields["components"] = .array(item.components.map { ["name": .string($0)] }) }
    if !item.versions.isEmpty { fields["fixVersions"] = .array(item.versions.map { ["name": .string($0)] }) }
    if let due = item.due { fields["duedate"] = .string(due.description) }
    if let estimate = item.estimate {
      fields["timetracking"] = ["originalEstimate": .string(duration(estimate))]
    }
    switch site {
    case .cloud:
      if let parent = item.parent { fields["parent"] = ["key": .string("${issue:\(parent)}")] }
      if let user = item.assignee?.cloud { fields["assignee"] = ["accountId": .string(user)] }
    case .datacenter:
      if item.kind == .subtask, let parent = item.parent { fields["parent"] = ["key": .string("${issue:\(parent)}")] }
      if item.kind == .epic { fields["${field:Epic Name}"] = .string(ImportColumns.epicName(item)) }
      if item.kind.level == 1, let epic = item.epic { fields["${field:Epic Link}"] = .string("${issue:\(epic)}") }
      if let user = item.assignee?.datacenter { fields["assignee"] = ["name": .string(user)] }
    }
    return .object(fields)
  }

  /// In hours and minutes, which are the same on every site; a day is as long as the site says.
  private static func duration(_ time: WorkTime) -> String {
    let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
    let parts = [(hours, "h"), (minutes, "m")].filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
    return parts.isEmpty ? "0m" : parts.joined(separator: " ")
  }
}
