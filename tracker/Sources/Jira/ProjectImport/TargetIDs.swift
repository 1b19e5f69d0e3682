import Backlog
import Diagnostics

/// What a project import has to say in the target's own ids: Jira takes over issues whose type, status and priority it knows by these,
/// and nothing of another version of itself (facts jira-import section 6.2).
struct TargetIDs {
  let build: String
  let kinds: [ItemKind: String]
  let statuses: [String: String]
  let priorities: [String: String]
  let blocks: String?
  let relates: String?
  let subtasks: String?

  /// The name that Jira gives the link between an issue and its sub-tasks.
  static let subtaskLink = "jira_subtask_link"

  /// Fails naming everything that is missing at once.
  init(_ set: ExportSet) throws(Failure) {
    let ids = set.request.ids ?? SiteIDs()
    var missing: [String] = []
    func id(_ name: String, in known: [String: String], _ key: String) -> String {
      if let id = known[name] { return id }
      missing.append("\(key).\"\(name)\"")
      return ""
    }
    build = ids.build ?? ""
    if ids.build == nil { missing.append("build") }
    var kinds: [ItemKind: String] = [:]
    for kind in ItemKind.allCases where set.items.contains(where: { $0.kind == kind }) {
      kinds[kind] = id(set.kindName(kind, on: .datacenter), in: ids.issueTypes, "issue_types")
    }
    self.kinds = kinds
    var statuses: [String: String] = [:]
    for name in Set(set.items.map(set.statusName)).sorted() {
      if let known = WorkflowXML.statusID(name, ids) { statuses[name] = known } else { missing.append("statuses.\"\(name)\"") }
    }
    self.statuses = statuses
    var priorities: [String: String] = [:]
    for name in set.project.priorities where set.items.contains(where: { $0.priority == name }) {
      priorities[name] = id(name, in: ids.priorities, "priorities")
    }
    self.priorities = priorities
    let hasBlocks = set.items.contains { !$0.blocks.isEmpty }
    let hasRelates = set.items.contains { !$0.relates.isEmpty }
    let hasSubtasks = set.items.contains { $0.kind == .subtask }
    blocks = hasBlocks ? id(set.project.blocksLink, in: ids.linkTypes, "link_types") : nil
    relates = hasRelates ? id(set.project.relatesLink, in: ids.linkTypes, "link_types") : nil
    subtasks = hasSubtasks ? id(TargetIDs.subtaskLink, in: ids.linkTypes, "link_types") : nil
    guard missing.isEmpty else {
      throw Failure(
        doing: "writing the project import",
        problem: "the ids of the site lack \(missing.joined(separator: ", "))",
        help: "Look them up as IMPORT.md of an export without --project-import says, and put them into the file of --site-ids.")
    }
  }
}
