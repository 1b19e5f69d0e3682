import Diagnostics
import SpaceModel
import YAML

/// Reads `project.yaml`.
struct ProjectReader {
  let file: String
  private(set) var findings: [Finding] = []

  init(file: String) { self.file = file }

  mutating func read(_ root: YAMLNode) -> Project? {
    let known = [
      "version", "jira", "types", "workflow", "components", "versions", "priorities", "links", "team", "users", "calendar",
      "hours_per_day", "sprint_weeks",
    ]
    let reader = NodeReader(root, file: file, what: "the project", known: known, findings: &findings)
    guard root.entries != nil else { return nil }
    FormatVersion.check(reader, &findings)
    for key in ["jira", "workflow", "priorities", "team", "calendar"] where !reader.has(key) { reader.missing(key, &findings) }
    let jira = members(reader, "jira", ["key", "name", "description"])
    let key = jira?.text("key", isRequired: true, &findings)
    let name = jira?.text("name", isRequired: true, &findings)
    if let key, !ProjectReader.isKey(key.value) {
      findings.append(
        .backlog(
          .badValue, "`\(key.value)` is not a key that Jira takes", help: "Write two to ten capital letters and digits.",
          key.span(in: file)))
    }
    let workflow = self.workflow(reader)
    let calendar = self.calendar(reader)
    let priorities = reader.texts("priorities", &findings).map(\.value)
    let roles = self.roles(reader)
    let links = members(reader, "links", ["blocks", "relates"])
    guard let key, let name, let workflow, let calendar, !priorities.isEmpty else { return nil }
    return Project(
      key: key.value, name: name.value, description: jira?.text("description", &findings)?.value ?? "",
      kindNames: kindNames(reader), workflow: workflow, components: components(reader), versions: versions(reader),
      priorities: priorities, blocksLink: links?.text("blocks", &findings)?.value ?? "Blocks",
      relatesLink: links?.text("relates", &findings)?.value ?? "Relates", team: roles, users: users(reader),
      calendar: calendar, hoursPerDay: reader.number("hours_per_day", in: 1...24, standard: 8, &findings),
      sprintWeeks: reader.number("sprint_weeks", in: 1...8, standard: 2, &findings), file: file)
  }

  mutating func append(_ found: [Finding]) { findings += found }

  private static func isKey(_ text: String) -> Bool {
    (2...10).contains(text.utf8.count) && text.utf8.first.map { (65...90).contains($0) } == true
      && text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
  }

  private mutating func members(_ reader: NodeReader, _ key: String, _ known: [String]) -> NodeReader? {
    guard let node = reader.entry(key)?.value else { return nil }
    let members = NodeReader(node, file: file, what: "`\(key)`", known: known, findings: &findings)
    return node.entries == nil ? nil : members
  }

  private mutating func kindNames(_ reader: NodeReader) -> [ItemKind: Project.KindName] {
    var names: [ItemKind: Project.KindName] = [
      .epic: .init(cloud: "Epic", datacenter: "Epic"), .story: .init(cloud: "Story", datacenter: "Story"),
      .task: .init(cloud: "Task", datacenter: "Task"), .bug: .init(cloud: "Bug", datacenter: "Bug"),
      .subtask: .init(cloud: "Subtask", datacenter: "Sub-task"),
    ]
    guard let types = members(reader, "types", ItemKind.allCases.map(\.rawValue)) else { return names }
    for kind in ItemKind.allCases {
      guard let node = types.entry(kind.rawValue)?.value else { continue }
      if node.entries != nil {
        let sites = NodeReader(node, file: file, what: "a type", known: ["cloud", "datacenter"], findings: &findings)
        if let cloud = sites.text("cloud", isRequired: true, &findings),
          let datacenter = sites.text("datacenter", isRequired: true, &findings)
        {
          names[kind] = .init(cloud: cloud.value, datacenter: datacenter.value)
        }
      } else if let name = types.text(kind.rawValue, &findings)?.value {
        names[kind] = .init(cloud: name, datacenter: name)
      }
    }
    return names
  }

  private mutating func components(_ reader: NodeReader) -> [Project.NamedThing] {
    reader.elements("components", &findings).compactMap { node in
      let members = NodeReader(node, file: file, what: "a component", known: ["name", "description"], findings: &findings)
      guard let name = members.text("name", isRequired: true, &findings) else { return nil }
      return .init(name: name.value, description: members.text("description", &findings)?.value ?? "")
    }
  }

  private mutating func versions(_ reader: NodeReader) -> [Project.Version] {
    reader.elements("versions", &findings).compactMap { node in
      let known = ["name", "description", "released"]
      let members = NodeReader(node, file: file, what: "a version", known: known, findings: &findings)
      guard let name = members.text("name", isRequired: true, &findings) else { return nil }
      return .init(
        name: name.value, description: members.text("description", &findings)?.value ?? "",
        isReleased: members.flag("released", &findings))
    }
  }

  private mutating func roles(_ reader: NodeReader) -> [Project.Role] {
    reader.elements("team", &findings).compactMap { node in
      let known = ["role", "description", "people", "focus_percent"]
      let members = NodeReader(node, file: file, what: "a role", known: known, findings: &findings)
      guard let name = members.text("role", isRequired: true, &findings) else { return nil }
      return .init(
        name: name.value, description: members.text("description", &findings)?.value ?? "",
        people: members.number("people", in: 1...1000, standard: 1, &findings),
        focusPercent: members.number("focus_percent", in: 5...100, standard: 100, &findings))
    }
  }

  private mutating func users(_ reader: NodeReader) -> [String: Project.User] {
    guard let node = reader.entry("users")?.value else { return [:] }
    guard let entries = node.entries else {
      reader.bad("users", "a mapping of names to accounts", node, &findings)
      return [:]
    }
    var users: [String: Project.User] = [:]
    for entry in entries {
      let known = ["cloud", "datacenter"]
      let sites = NodeReader(entry.value, file: file, what: "a person", known: known, findings: &findings)
      users[entry.name] = .init(
        cloud: sites.text("cloud", &findings)?.value, datacenter: sites.text("datacenter", &findings)?.value)
    }
    return users
  }

  private mutating func calendar(_ reader: NodeReader) -> WorkCalendar? {
    guard let calendar = members(reader, "calendar", ["start", "working_days", "holidays"]) else { return nil }
    if !calendar.has("start") { calendar.missing("start", &findings) }
    let start = calendar.parsed("start", as: "a date, as 2027-01-11", &findings) { CalendarDate($0) }
    var days: Set<Weekday> = []
    for day in calendar.texts("working_days", &findings) {
      guard let weekday = Weekday(rawValue: day.value) else {
        findings.append(
          .backlog(
            .badValue, "`\(day.value)` is not a day of the week", help: "Write mon, tue, wed, thu, fri, sat or sun.",
            day.span(in: file)))
        continue
      }
      days.insert(weekday)
    }
    if days.isEmpty { days = [.mon, .tue, .wed, .thu, .fri] }
    var holidays: [CalendarDate: String] = [:]
    for node in calendar.elements("holidays", &findings) {
      let holiday = NodeReader(node, file: file, what: "a holiday", known: ["date", "name"], findings: &findings)
      guard node.entries != nil else { continue }
      if !holiday.has("date") { holiday.missing("date", &findings) }
      guard let date = holiday.parsed("date", as: "a date, as 2027-01-11", &findings, { CalendarDate($0) }) else { continue }
      holidays[date.value] = holiday.text("name", &findings)?.value ?? "holiday"
    }
    return start.map { WorkCalendar(start: $0.value, workingDays: days, holidays: holidays) }
  }
}
