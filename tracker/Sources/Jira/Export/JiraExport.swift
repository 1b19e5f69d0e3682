import Backlog
import Diagnostics
import SpaceModel

/// Everything that an export writes, made one file after the other so that no more than one is held.
public struct JiraExport {
  let contents: ExportSet
  let backlog: Backlog

  /// - Returns: nil when the dependencies have a cycle.
  public init?(_ backlog: Backlog, _ request: ExportRequest) {
    guard let schedule = Scheduler.schedule(backlog) else { return nil }
    self.backlog = backlog
    contents = ExportSet(backlog, schedule, request)
  }

  public var itemCount: Int { contents.items.count }

  /// Whether a file of this name is one that an export writes, this one or another.
  public static func isOwn(_ name: String) -> Bool {
    let names: Set<String> = [
      "jira-cloud.csv", "jira-cloud-classic.csv", "jira-cloud.config.txt", "jira-datacenter.csv", "jira-datacenter.config.txt",
      "jira-import.json", "jira-import-cloud.json", "workflow.xml", "jira-issues.rss.xml", "rest-plan-cloud.jsonl",
      "rest-plan-datacenter.jsonl", PreviewCSV.name, ItemsJSON.name, "IMPORT.md",
    ]
    return names.contains(name) || (name.hasPrefix("jira-basic-") && name.hasSuffix(".csv"))
  }

  /// Hands out each file as it is made.
  public func files(_ write: (_ name: String, _ bytes: [UInt8]) throws(Failure) -> Void) throws(Failure) {
    let sites = contents.request.sites
    var unmapped: [JiraSite: [String]] = [:]
    for site in sites {
      let columns = ImportColumns(contents, site: site)
      unmapped[site] = columns.unmapped
      if site == .cloud {
        let strict = columns.text(.strict)
        try write("jira-cloud.csv", strict)
        if needsClassic { try write("jira-cloud-classic.csv", columns.text(.escaped)) }
      } else {
        try write("jira-datacenter.csv", columns.text(.escaped))
      }
      try write("jira-\(site.rawValue).config.txt", Array(columns.configuration.prettyText.utf8))
      try write("rest-plan-\(site.rawValue).jsonl", RESTPlan.text(contents, site: site))
    }
    for file in BasicCSV.files(contents, site: sites.contains(.cloud) ? .cloud : .datacenter) {
      try write(file.name, file.bytes)
    }
    if sites.contains(.datacenter) {
      try write("jira-import.json", ImportJSON.text(contents, site: .datacenter))
      try write("workflow.xml", try WorkflowXML.text(contents))
    }
    if sites.contains(.cloud) {
      try write(sites.count > 1 ? "jira-import-cloud.json" : "jira-import.json", ImportJSON.text(contents, site: .cloud))
    }
    try write("jira-issues.rss.xml", try IssuesRSS.text(contents, site: sites.contains(.datacenter) ? .datacenter : .cloud))
    try write(PreviewCSV.name, PreviewCSV.text(contents))
    try write(ItemsJSON.name, ItemsJSON.text(contents))
    try write("IMPORT.md", Array(ImportGuide(self, unmapped: unmapped).text.utf8))
  }

  /// Whether the two ways of writing backslashes make two different files.
  var needsClassic: Bool { contents.items.contains { $0.wiki.utf8.contains(92) || $0.summary.utf8.contains(92) } }
}
