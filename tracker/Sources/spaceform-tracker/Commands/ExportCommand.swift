import ArgumentParser
import Console
import Diagnostics
import Jira

/// `spaceform-tracker export`: files that Jira imports.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write files that Jira imports, and IMPORT.md, which says how.",
    discussion: """
      CSV files with their importer's configuration, JSON, the workflow as XML, the issues as RSS XML, a plan of REST calls, and a
      preview for spreadsheets. The same backlog gives the same bytes. The folder is replaced as a whole; it must not hold anything
      else.

      EXAMPLES
        spaceform-tracker export --out jira
        spaceform-tracker export --out jira --site cloud --status open --site-ids site-ids.json
      """)

  @OptionGroup var options: TrackerOptions

  @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"), completion: .directory)
  var out: String

  enum Site: String, CaseIterable, ExpressibleByArgument {
    case cloud, datacenter, all
  }

  @Option(help: "Which kind of Jira the files are for.")
  var site: Site = .all

  enum Status: String, CaseIterable, ExpressibleByArgument {
    case open, all
  }

  @Option(help: "Leave out what is delivered, or mark it with the label `delivered`.")
  var status: Status = .all

  @Option(
    help: ArgumentHelp("Ids of the site, as `learn` writes them, so that nothing is mapped by hand.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var siteIds: String?

  @Flag(
    help: """
      Also write jira-project-import.zip, a backup of the project for Data Center's project import: experimental, and taken only by the \
      build that the site's ids name.
      """)
  var projectImport = false

  func validate() throws {
    guard projectImport else { return }
    if site == .cloud { throw ValidationError("--project-import is for Data Center; leave --site cloud out.") }
    if siteIds == nil { throw ValidationError("--project-import needs the site's ids: name their file with --site-ids.") }
  }

  func run() throws {
    let backlog = try TrackerFolder(options.directory).read()
    var ids: SiteIDs?
    if let siteIds { ids = try SiteIDs(json: try JSONFile.read(siteIds), name: siteIds) }
    let sites: [JiraSite] =
      switch site {
      case .cloud: [.cloud]
      case .datacenter: [.datacenter]
      case .all: [.cloud, .datacenter]
      }
    let folder = try ExportFolder(out)
    let request = ExportRequest(sites: sites, onlyOpen: status == .open, ids: ids, withProjectImport: projectImport)
    guard let export = JiraExport(backlog, request) else {
      throw Failure(
        doing: "exporting the backlog", problem: "items wait for each other", help: "Run `spaceform-tracker check`.",
        status: .findings)
    }
    guard export.itemCount > 0 else {
      throw Failure(
        doing: "exporting the backlog", problem: "every item is delivered, so there is nothing to import",
        help: "Leave --status open out.")
    }
    var names: [String] = []
    try folder.write { write throws(Failure) in
      try export.files { (name: String, content: @escaping (ExportSink) throws(Failure) -> Void) throws(Failure) in
        let path = try write(name, content)
        if name.hasSuffix(".xml") {
          let count = try ExportedXML.itemCount(ofFile: path)
          let wanted = name == "workflow.xml" ? backlog.project.workflow.statuses.count : export.itemCount
          guard count == wanted else {
            throw Failure(doing: "reading \(name) back", problem: "it holds \(count) of \(wanted) items")
          }
        }
        names.append(name)
      }
    }
    for name in names { Terminal.output("\(out)/\(name)\n") }
    options.note("Exported \(export.itemCount) items to \(names.count) files. IMPORT.md says how to import them.")
    Ending.now(.success, holding: (backlog, export))
  }
}
