import Backlog

/// JIRA_SETUP_SPECS.md: how the Jira project has to be for the backlog, made from project.yaml.
struct SetupSpecification {
  static let name = "JIRA_SETUP_SPECS.md"

  let project: Project
  /// Planned ends of versions.
  let versionDates: [String: CalendarDate]

  var text: String {
    [opening, types, workflow, fields, lists, team, order].joined(separator: "\n\n") + "\n"
  }

  private var opening: String {
    """
    # Jira set-up: \(project.name)

    Made by `spaceform-tracker export` from `project.yaml`; change it there.

    | | |
    |---|---|
    | key | `\(project.key)` |
    | name | \(project.name) |
    | type | software; on Cloud company-managed, with a Scrum board |
    | description | \(project.description) |
    """
  }

  private var types: String {
    let parents: [ItemKind: String] = [
      .epic: "none", .story: "epic", .task: "epic", .bug: "epic", .subtask: "story, task or bug",
    ]
    let rows = ItemKind.allCases.map { kind -> String in
      let names = project.kindNames[kind]
      return "| \(kind.rawValue) | \(names?.cloud ?? "") | \(names?.datacenter ?? "") | \(parents[kind] ?? "") |"
    }
    return """
      ## Types of work

      | in the backlog | Cloud | Data Center | lies in |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private var workflow: String {
    let statuses = project.workflow.statuses.map { status -> String in
      let category =
        switch status.category {
        case .new: "To Do"
        case .indeterminate: "In Progress"
        case .done: "Done"
        }
      return "| \(status.name) | \(category) |"
    }
    let transitions = project.workflow.transitions.map { transition in
      "| \(transition.name) | \(transition.from.isEmpty ? "any" : transition.from.joined(separator: ", ")) | \(transition.to) |"
    }
    return """
      ## Workflow: \(project.workflow.name)

      Every type of work uses it. New items begin in *\(project.workflow.initial.name)*.

      | status | category |
      |---|---|
      \(statuses.joined(separator: "\n"))

      | transition | from | to |
      |---|---|---|
      \(transitions.joined(separator: "\n"))

      On Data Center import `workflow.xml` (*Administration → Issues → Workflows → Import from XML*) once the statuses exist, or draw it \
      after these tables. On Cloud draw it: *Project settings → Workflows → Edit*.
      """
  }

  private var fields: String {
    """
    ## Fields on the screens

    The importer fills only fields that are on the screen of their type: summary, description, priority, labels, components, fix versions, \
    due date, original estimate (*time tracking* on), linked work items; on Cloud *Parent*, on Data Center *Epic Name* for epics and \
    *Epic Link* for the rest.

    Link types: *\(project.blocksLink)* (the blocker is the outward end) and *\(project.relatesLink)*.
    """
  }

  private var lists: String {
    let components = project.components.map { "| \($0.name) | \($0.description) |" }
    let versions = project.versions.map { version in
      "| \(version.name) | \(versionDates[version.name]?.description ?? "") | \(version.description) |"
    }
    return """
      ## Priorities, components, versions

      Priorities, highest first: \(project.priorities.joined(separator: ", ")).

      | component | what it is |
      |---|---|
      \(components.joined(separator: "\n"))

      | version | planned for | what it brings |
      |---|---|---|
      \(versions.joined(separator: "\n"))
      """
  }

  private var team: String {
    let roles = project.team.map { "| \($0.name) | \($0.description) | \($0.people) | \($0.focusPercent)% |" }
    let days = Weekday.allCases.filter(project.calendar.workingDays.contains).map(\.rawValue).joined(separator: ", ")
    let holidays = project.calendar.holidays.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
    var text = """
      ## Team and calendar

      | role | who | people | planned share of a day |
      |---|---|---|---|
      \(roles.joined(separator: "\n"))

      Begins on \(project.calendar.start). Worked days: \(days). A day has \(project.hoursPerDay) hours; set the same under *time tracking*. Sprints \
      last \(project.sprintWeeks) weeks.
      """
    if !holidays.isEmpty { text += "\n\n| nobody works on | |\n|---|---|\n" + holidays.joined(separator: "\n") }
    return text
  }

  private var order: String {
    """
    ## In which order

    1. Make the project, then statuses and workflow.
    2. Components and versions: the importers make those they meet, without dates; the JSON importer and the REST plan bring dates too.
    3. `spaceform-tracker export --out jira`, then import as `jira/IMPORT.md` says.
    4. Save the wizard's configuration; `spaceform-tracker learn` turns it into ids for the next export.
    5. Make the sprints on the board, or by the REST plan: the items of each have the label `sprint-01` and on.
    """
  }
}
