import Backlog
import Diagnostics
import XML

/// The project's workflow as Jira Data Center's administrators import it: OSWorkflow 2.8 (facts jira-import section 6.3).
enum WorkflowXML {
  /// Ids of the statuses that every Data Center site begins with.
  private static let stock = ["Open": "1", "In Progress": "3", "Reopened": "4", "Resolved": "5", "Closed": "6"]

  /// The status's id on the site; nil where only the site knows.
  static func statusID(_ name: String, _ ids: SiteIDs?) -> String? { ids?.statuses[name] ?? stock[name] }

  /// Statuses whose id is not known: in their place stands a word that Jira refuses, so that no other status is taken for them.
  static func unknownStatuses(_ set: ExportSet) -> [String] {
    set.project.workflow.statuses.map(\.name).filter { statusID($0, set.request.ids) == nil }
  }

  static func text(_ set: ExportSet) throws(Failure) -> [UInt8] {
    let workflow = set.project.workflow
    let xml = try XMLWriter()
    try xml.documentType(
      "workflow", publicID: "-//OpenSymphony Group//DTD OSWorkflow 2.8//EN",
      systemID: "http://www.opensymphony.com/osworkflow/workflow_2_8.dtd")
    try xml.element("workflow") { () throws(Failure) in
      try meta(xml, "jira.description", "\(workflow.name) of \(set.project.name)")
      try initialAction(xml)
      let everywhere = workflow.transitions.enumerated().filter { $1.from.isEmpty }
      if !everywhere.isEmpty {
        try xml.element("global-actions") { () throws(Failure) in
          for (number, transition) in everywhere { try action(xml, number, transition, workflow) }
        }
      }
      try xml.element("steps") { () throws(Failure) in
        for (place, status) in workflow.statuses.enumerated() {
          try xml.element("step", [("id", "\(place + 1)"), ("name", status.name)]) { () throws(Failure) in
            try meta(
              xml, "jira.status.id", statusID(status.name, set.request.ids) ?? "the-id-of-\(status.name)")
            let leaving = workflow.transitions.enumerated().filter { $1.from.contains(status.name) }
            guard !leaving.isEmpty else { return }
            try xml.element("actions") { () throws(Failure) in
              for (number, transition) in leaving { try action(xml, number, transition, workflow, from: place) }
            }
          }
        }
      }
    }
    return Array(try xml.finish().utf8)
  }

  private static func meta(_ xml: XMLWriter, _ name: String, _ value: String) throws(Failure) {
    try xml.element("meta", [("name", name)]) { () throws(Failure) in try xml.text(value) }
  }

  private static func initialAction(_ xml: XMLWriter) throws(Failure) {
    try xml.element("initial-actions") { () throws(Failure) in
      try xml.element("action", [("id", "1"), ("name", "Create")]) { () throws(Failure) in
        try xml.element("validators") { () throws(Failure) in
          try xml.element("validator", [("type", "class")]) { () throws(Failure) in
            try argument(xml, "class.name", "com.atlassian.jira.workflow.validator.PermissionValidator")
            try argument(xml, "permission", "Create Issue")
          }
        }
        try results(
          xml, status: "open", step: 1, functions: ["issue.IssueCreateFunction", "issue.IssueReindexFunction"], event: "1")
      }
    }
  }

  /// One id for a transition from each status it may begin in, above those Jira keeps for itself.
  private static func action(
    _ xml: XMLWriter, _ number: Int, _ transition: Workflow.Transition, _ workflow: Workflow, from place: Int? = nil
  ) throws(Failure) {
    let id = 11 + number * 10 * (workflow.statuses.count + 1) + (place.map { ($0 + 1) * 10 } ?? 0)
    let step = (workflow.statuses.firstIndex { $0.name == transition.to } ?? 0) + 1
    try xml.element("action", [("id", "\(id)"), ("name", transition.name)]) { () throws(Failure) in
      try meta(xml, "jira.description", "")
      try meta(xml, "jira.fieldscreen.id", "")
      try results(
        xml, status: "null", step: step,
        functions: [
          "issue.UpdateIssueStatusFunction", "misc.CreateCommentFunction", "issue.GenerateChangeHistoryFunction",
          "issue.IssueReindexFunction",
        ], event: "13")
    }
  }

  private static func results(
    _ xml: XMLWriter, status: String, step: Int, functions: [String], event: String
  ) throws(Failure) {
    try xml.element("results") { () throws(Failure) in
      try xml.element(
        "unconditional-result", [("old-status", "null"), ("status", status), ("step", "\(step)")]
      ) { () throws(Failure) in
        try xml.element("post-functions") { () throws(Failure) in
          for function in functions {
            try xml.element("function", [("type", "class")]) { () throws(Failure) in
              try argument(xml, "class.name", "com.atlassian.jira.workflow.function.\(function)")
            }
          }
          try xml.element("function", [("type", "class")]) { () throws(Failure) in
            try argument(xml, "class.name", "com.atlassian.jira.workflow.function.event.FireIssueEventFunction")
            try argument(xml, "eventTypeId", event)
          }
        }
      }
    }
  }

  private static func argument(_ xml: XMLWriter, _ name: String, _ value: String) throws(Failure) {
    try xml.element("arg", [("name", name)]) { () throws(Failure) in try xml.text(value) }
  }
}
