import Backlog

/// IMPORT.md: which file goes where, every click and field, and what each way loses.
struct ImportGuide {
  let export: JiraExport
  let columns: [JiraSite: ImportColumns]

  init(_ export: JiraExport, columns: [JiraSite: ImportColumns]) {
    self.export = export
    self.columns = columns
  }

  private var contents: ExportSet { export.contents }
  private var project: Project { contents.project }
  private func has(_ site: JiraSite) -> Bool { contents.request.sites.contains(site) }

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

  // MARK: CSV

  private func csv(_ site: JiraSite) -> String {
    let columns = self.columns[site]?.columns ?? []
    var text = "## \(site.title): the CSV file\n\n"
    if site == .cloud {
      text += """
        1. *Settings (the cog) → System → External system import*, then **CSV**. If the page offers two importers, take the one that \
        asks for a configuration file.
        2. *CSV source file*: `jira-cloud.csv`.
        """
      if export.needsClassic {
        text += """

          In the older wizard a backslash is an escape character, and some items hold backslashes: take `jira-cloud-classic.csv` \
          there, which holds each of them twice. To know which wizard it is: the older one says *Suggested configuration* or *Use an \
          existing configuration file* on its first page.
          """
      }
    } else {
      text += """
        1. *Administration → System → External System Import*, then **Import from Comma-separated values (CSV)**.
        2. *CSV Source File*: `jira-datacenter.csv`.
        """
    }
    text += """

      3. *Use an existing configuration file*: `jira-\(site.rawValue).config.txt`. It holds the answers to all that follows; check \
      them on the way.
      4. *Project*: `\(project.name)` (`\(project.key)`). *File encoding*: `UTF-8`. *Delimiter*: `,`. *E-mail suffix for new users*: leave `@`; no users \
      are made.
      5. *Date format*: type **`yyyy-MM-dd HH:mm`**. The format offered at first reads none of these dates.
      6. On the page of fields, each column and what it is mapped to:

      | column | field | |
      |---|---|---|

      """
    for column in columns {
      let note =
        column.width > 1 ? "stands \(column.width) times; one mapping serves all" : ImportGuide.note(column.header, site)
      text += "| \(column.header) | \(ImportGuide.fieldName(column.header, project)) | \(note) |\n"
    }
    let missing = self.columns[site]?.unmapped ?? []
    if !missing.isEmpty {
      text += """

        \(missing.map { "*\($0)*" }.joined(separator: ", ")): the configuration says nothing about \
        \(missing.count == 1 ? "this column" : "these columns"), because only your site knows the ids. Choose the field by hand as \
        the table says; what stays unmapped is left out without a word. Save the configuration on the last page, run \
        `spaceform-tracker learn FILE > site-ids.json`, and export again with `--site-ids site-ids.json`: then nothing is left to choose.

        """
    }
    text += """

      7. *Validate*, read the messages, then *Begin import*. A warning about a date or an estimate means that the field is skipped, \
      not the item.
      8. On the last page **save the configuration**: `spaceform-tracker learn` reads the site's ids from it.
      """
    if contents.items.count > 1500 {
      text += "\n\nAtlassian advises at most 1,500 rows a file; this one has \(contents.items.count), and will take hours."
    }
    return text
  }

  private static func fieldName(_ header: String, _ project: Project) -> String {
    switch header {
    case "Issue Type": "Issue Type (Work type)"
    case "Issue Id": "Issue Id (Work item ID)"
    case "Fix Versions": "Fix Version/s"
    case "Components": "Component/s"
    case "Epic Name", "Epic Link", "Sprint": "the custom field *\(header)*"
    case ImportColumns.linkHeader(project.blocksLink): "Link “\(project.blocksLink.lowercased())” (outward)"
    case ImportColumns.linkHeader(project.relatesLink): "Link “\(project.relatesLink.lowercased())”"
    default: header
    }
  }

  private static func note(_ header: String, _ site: JiraSite) -> String {
    switch header {
    case "Issue Id": "numbers of the file; Jira keeps them as *External issue ID* and passes over rows it has seen"
    case "Parent": "the *Issue Id* of what the item lies in; map it together with *Issue Type* and *Issue Id*"
    case "Parent Id": "sub-tasks only"
    case "Epic Link": "the *Epic Name* of a row above; where that does not work, import the epics first and put their keys in"
    case "Description": "wiki markup; Jira converts it"
    case "Due Date": "midnight of the last planned day"
    case "Original Estimate": "seconds; offered only when time tracking is on"
    case "Sprint": "ids of sprints that exist"
    case "Status": "the values are mapped in the configuration"
    default: ""
    }
  }

  // MARK: The other ways

  private var cloudJSON: String {
    let name = has(.datacenter) ? "jira-import-cloud.json" : "jira-import.json"
    return """
      ## \(JiraSite.cloud.title): the JSON file

      `\(name)`: *Settings → System → External system import → JSON*. One page, one file, no mapping. It makes components and \
      versions with their dates. How an item gets under an epic is in no documented example, so it is not tried: search for \
      `labels = "in-pb-0100"`, say, and set the parent of all found in one *bulk change*.
      """
  }

  private var datacenterJSON: String {
    """
    ## \(JiraSite.datacenter.title): the JSON file

    `jira-import.json`: *Administration → System → External System Import → Import from JSON*. One page, one file, no mapping. It makes \
    the project itself with its components and versions with their dates, so it needs no empty project. *Epic Link* names the epic; \
    should stories stand outside their epics afterwards, take the CSV file.
    """
  }

  private var workflow: String {
    let unknown = WorkflowXML.unknownStatuses(contents)
    var text = """
      ## \(JiraSite.datacenter.title): the workflow

      `workflow.xml`: *Administration → Issues → Workflows → Import → Import from XML*, as a system administrator. Name it \
      `\(project.workflow.name)`, then assign it to the project with a workflow scheme. The statuses have to exist first: \
      \(project.workflow.statuses.map { "`\($0.name)`" }.joined(separator: ", ")).
      """
    if !unknown.isEmpty {
      text += """


        **Not importable yet.** In the place of the ids of \(unknown.map { "`\($0)`" }.joined(separator: ", ")) stand words that Jira \
        refuses, because only the site knows the ids and a guessed one would be another status. *Administration → Issues → \
        Statuses*: the link *Edit* of each one ends in its id. Write them as `{"statuses": {"\(unknown[0])": "10000"}}` into a file \
        and export again with `--site-ids`.
        """
    }
    return text
  }

  private var projectImport: String {
    let title = "## \(JiraSite.datacenter.title): project import"
    guard contents.request.withProjectImport else {
      return """
        \(title)

        Not written. It is the one way in which Jira takes issues as XML, and brittle: the backup has to name the build of the very site \
        that reads it. *Administration → System → System info* says which it is. Write it with the ids of the site into the file of \
        `--site-ids`, beside those that `learn` found:

        ```json
        {"build": "9120007", "issue_types": {"Story": "10001"}, "statuses": {"Done": "10002"}, "priorities": {"High": "2"},
         "link_types": {"Blocks": "10000", "\(TargetIDs.subtaskLink)": "10100"}, "project_lead": "ada"}
        ```

        and export with `--project-import`; what is missing is named. The link *Edit* of an issue type, a status, a priority and a link type \
        each ends in its id.
        """
    }
    return """
      \(title)

      Experimental: no Jira has been seen to take it. Try it on a copy of the site, never with *Restore system*, which wipes a site.

      1. Make the project `\(project.key)` with its components and versions left empty, the issue types, the workflow and no issue.
      2. Copy `\(EntitiesXML.fileName)` into `import` below Jira's home folder.
      3. *Administration → System → Restore project* (*Project import*), as a system administrator: name the file, choose \
      `\(project.name)`, and read what the mapping of types, statuses, priorities and users says before *Import*.

      It brings items, components, versions with dates, links, sub-tasks, labels and estimates. It does not bring sprints, epic names and \
      epic links: those are fields of Jira Software, whose rows differ from site to site. The labels `in-…` of `jira-basic-*.csv` and \
      *Epic Link* by hand make up for it.
      """
  }

  private var basic: String {
    let files = (contents.items.count + BasicCSV.mostRows - 1) / BasicCSV.mostRows
    return """
      ## Without administrator's rights

      `jira-basic-01.csv`\(files > 1 ? " to the last of \(files) files, one after the other" : ""): *Filters → Search work items*, the \
      menu *⋯ → Import from CSV*. It needs the permissions *Create Issue* and *Make Bulk Changes*. At most \(BasicCSV.mostRows) rows a \
      file, flat: sub-tasks come as tasks, the first line of the description says what the item lies in, and the label `in-…` finds \
      all that lie in one. Date format as above. Comments, links and parents cannot be given here.
      """
  }

  private var rest: String {
    let names = contents.request.sites.map { "`rest-plan-\($0.rawValue).jsonl`" }.joined(separator: ", ")
    return """
      ## By REST

      \(names): one call a line, in order: `method`, `path`, `body`, and `saves`, the names of what the answer holds, by place. A later \
      call uses them as `${issue:PB-0101}`. `${board}` is the id of your board\
      \(has(.datacenter) ? ", `${field:Epic Name}` and `${field:Epic Link}` are ids such as `customfield_10011`" : ""). Before \
      making an item, search with the query in `find_first`: what is found is there already. Send writes one after the other and wait \
      as long as `Retry-After` says. Make one link by hand first and read it back: should the two ends be the wrong way round on your \
      site, swap `inwardIssue` and `outwardIssue`.
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
