import Backlog

/// IMPORT.md: which file goes where, every click and field, and what each way loses.
struct ImportGuide {
  let export: JiraExport
  let columns: [JiraSite: ImportColumns]

  init(_ export: JiraExport, columns: [JiraSite: ImportColumns]) {
    self.export = export
    self.columns = columns
  }

  var contents: ExportSet { export.contents }
  var project: Project { contents.project }
  func has(_ site: JiraSite) -> Bool { contents.request.sites.contains(site) }

  var text: String {
    var parts = [opening, choosing, before]
    if has(.cloud) { parts += [csv(.cloud), cloudJSON] }
    if has(.datacenter) { parts += [csv(.datacenter), datacenterJSON, workflow] }
    if has(.datacenter) { parts.append(projectImport) }
    parts += [basic, rest, notForImport, again, losses, unverified]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var opening: String {
    let counts = ItemKind.allCases.map { kind in contents.items.count { $0.kind == kind } }
    let names = zip(ItemKind.allCases, counts).filter { $0.1 > 0 }
      .map { "\($0.1) \(ImportGuide.plural($0.0, $0.1))" }
    let delivered = contents.items.count { $0.isDelivered }
    return """
      # Importing \(project.name) into Jira

      This folder holds \(contents.items.count) items: \(names.joined(separator: ", ")). \(delivered) of them are delivered already\
      \(contents.request.onlyOpen ? ", and left out" : " and carry the label `delivered`"). Nothing has been sent anywhere: every file is \
      imported by hand, once.

      Every item has a label of its own, its id in small letters (`\(contents.items.first?.id.label ?? "pb-0101")`). It finds the item \
      again on any site: search for `labels = "…"`.
      """
  }

  private static func plural(_ kind: ItemKind, _ count: Int) -> String {
    switch kind {
    case .story: count == 1 ? "story" : "stories"
    case .subtask: count == 1 ? "sub-task" : "sub-tasks"
    default: count == 1 ? kind.rawValue : "\(kind.rawValue)s"
    }
  }

  private var choosing: String {
    var rows = ["| you are | take | what you get |", "|---|---|---|"]
    if has(.cloud) {
      rows.append(
        "| Jira administrator, Cloud | `jira-cloud.csv` with `jira-cloud.config.txt` | everything but dates of versions and sprints |"
      )
    }
    if has(.datacenter) {
      rows.append(
        "| Jira administrator, Data Center | `jira-datacenter.csv` with `jira-datacenter.config.txt` | everything but dates of versions and sprints |"
      )
      rows.append(
        "| Jira administrator, Data Center, empty project | `jira-import.json` | the project, its components, versions with dates, and all items |"
      )
      rows.append("| system administrator, Data Center | `workflow.xml` | the workflow; needs the site's status ids |")
    }
    rows.append("| member of the project | `jira-basic-01.csv` and on | items alone, flat: what lies in what is in the text |")
    rows.append("| at home in scripts | `rest-plan-*.jsonl` | everything, sprints with dates among it |")
    return "## Which file\n\n" + rows.joined(separator: "\n")
  }

  private var before: String {
    let types = ItemKind.allCases.filter { kind in contents.items.contains { $0.kind == kind } }
    let names = types.map { kind -> String in
      let sites = contents.request.sites.map { "\(contents.kindName(kind, on: $0))" }
      return "`" + Array(Set(sites)).sorted().joined(separator: "` or `") + "`"
    }
    return """
      ## Before you begin

      `JIRA_SETUP_SPECS.md` in this folder has the whole set-up: workflow, screens, lists, calendar. What an import needs:

      1. Make an empty project with the key `\(project.key)` and the name `\(project.name)`: *Projects → Create project*. On Cloud \
      choose a company-managed software project, since team-managed ones take no sub-tasks from files; on Data Center *Scrum \
      software development*.
      2. See that the project has these types of work: \(names.joined(separator: ", ")). The administrators' importer makes a new \
      type of every name it does not know, so a name that differs gives you a second type.
      3. See that it has these priorities: \(project.priorities.map { "`\($0)`" }.joined(separator: ", ")).
      4. Sub-tasks, time tracking and issue linking have to be on: *Settings → System* on Cloud, *Administration → Issues* on Data \
      Center. Without them the wizard does not offer the columns.
      5. Take a copy of the project, or try in one of your own first. An import cannot be taken back in one step.
      """
  }

  private var notForImport: String {
    """
    ## Not for import

    - `jira-issues.rss.xml` looks like Jira's own *Export XML* and is for programs that read that. **No importer of Jira reads it.**
    - `\(PreviewCSV.name)` is for spreadsheets: cells that they would take for formulas begin with an apostrophe, which Jira would \
    keep. Do not open the import files in a spreadsheet and save them: it changes dates and quotes.
    - `items.json` is what `spaceform-tracker diff` compares.
    """
  }

  private var again: String {
    """
    ## A second time

    Jira keeps the number of each row as *External issue ID*, and passes over rows whose number it has in that project. So importing \
    again adds what is new and **changes nothing that is there**. `spaceform-tracker diff OLD NEW` says, of two such folders, what would be \
    added, what differs and stays as it is on the site, and what is gone.
    """
  }

  private var losses: String {
    var text = """
      ## What each way loses

      | | hierarchy | links | dates of versions | sprints | status | comments |
      |---|---|---|---|---|---|---|

      """
    let status = contents.request.ids?.statuses.isEmpty == false ? "yes" : "no: label `delivered`"
    if has(.cloud) {
      text += "| `jira-cloud.csv` | yes | with ids, or mapped by hand | no | label `sprint-01` | \(status) | none |\n"
      text += "| JSON, Cloud | sub-tasks; epics by label | yes | yes | label | \(status) | none |\n"
    }
    if has(.datacenter) {
      text +=
        "| `jira-datacenter.csv` | with ids, or mapped by hand | with ids, or mapped by hand | no | label `sprint-01` | \(status) | none |\n"
      text += "| `jira-import.json` | yes | yes | yes | label | \(status) | none |\n"
    }
    text += "| `jira-basic-*.csv` | in the text, and a label | no | no | label | no | none |\n"
    text += "| REST | yes | yes | yes | yes, with dates | no | none |\n"
    text += """

      In every way: ordered lists begin at 1 in wiki markup, boxes of task lists become `[ ]` and `[x]`, pictures become links, links \
      that are not web or mail addresses become text. Start dates have no field in Jira's importers. Roles are in no file: who does what \
      is yours to say.
      """
    return text
  }

  private var unverified: String {
    """
    ## What nobody has tried

    What `spaceform-tracker` writes is read back by independent readers in its tests: strict CSV readers, the one Jira's importer \
    uses, Java's date and duration classes, XML validators, a reader of wiki markup. It was not imported into a live Jira, and \
    nothing outside of Jira behaves as its importers do. Where a page differs from what is said here, trust the page, and try with an empty \
    project.
    """
  }
}
