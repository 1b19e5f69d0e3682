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
      "rest-plan-datacenter.jsonl", PreviewCSV.name, ItemsJSON.name, SetupSpecification.name, "IMPORT.md",
      EntitiesXML.fileName,
    ]
    return names.contains(name) || (name.hasPrefix("jira-basic-") && name.hasSuffix(".csv"))
  }

  /// Hands out each file, its name and what writes it.
  public func files(
    _ file: (_ name: String, _ content: @escaping (ExportSink) throws(Failure) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    let contents = self.contents
    let sites = contents.request.sites
    func whole(_ name: String, _ bytes: [UInt8]) throws(Failure) {
      try file(name) { sink throws(Failure) in try sink(bytes) }
    }
    var bySite: [JiraSite: ImportColumns] = [:]
    for site in sites {
      let columns = ImportColumns(contents, site: site)
      bySite[site] = columns
      let flavour: CSVFlavour = site == .cloud ? .strict : .escaped
      try file("jira-\(site.rawValue).csv") { sink throws(Failure) in try columns.write(flavour, to: sink) }
      if site == .cloud, needsClassic {
        try file("jira-cloud-classic.csv") { sink throws(Failure) in try columns.write(.escaped, to: sink) }
      }
      try whole("jira-\(site.rawValue).config.txt", Array(columns.configuration.prettyText.utf8))
      try file("rest-plan-\(site.rawValue).jsonl") { sink throws(Failure) in try RESTPlan.write(contents, site: site, to: sink)
      }
    }
    for part in BasicCSV.files(contents, site: sites.contains(.cloud) ? .cloud : .datacenter) {
      try whole(part.name, part.bytes)
    }
    if sites.contains(.datacenter) {
      try file("jira-import.json") { sink throws(Failure) in try ImportJSON.write(contents, site: .datacenter, to: sink) }
      try whole("workflow.xml", try WorkflowXML.text(contents))
      if contents.request.withProjectImport {
        try file(EntitiesXML.fileName) { sink throws(Failure) in try EntitiesXML.write(contents, to: sink) }
      }
    }
    if sites.contains(.cloud) {
      let name = sites.count > 1 ? "jira-import-cloud.json" : "jira-import.json"
      try file(name) { sink throws(Failure) in try ImportJSON.write(contents, site: .cloud, to: sink) }
    }
    try file("jira-issues.rss.xml") { sink throws(Failure) in
      try IssuesRSS.write(contents, site: sites.contains(.datacenter) ? .datacenter : .cloud, to: sink)
    }
    try file(PreviewCSV.name) { sink throws(Failure) in try PreviewCSV.write(contents, to: sink) }
    try file(ItemsJSON.name) { sink throws(Failure) in try ItemsJSON.write(contents, to: sink) }
    let setup = SetupSpecification(project: contents.project, versionDates: contents.versionDates)
    try whole(SetupSpecification.name, Array(setup.text.utf8))
    try whole("IMPORT.md", Array(ImportGuide(self, columns: bySite).text.utf8))
  }

  /// Whether the two ways of writing backslashes make two different files.
  var needsClassic: Bool { contents.items.contains { $0.wiki.utf8.contains(92) || $0.summary.utf8.contains(92) } }
}
