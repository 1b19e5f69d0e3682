import Backlog

/// The administrators' importer: the wizard's pages in their order.
extension ImportGuide {
  func csv(_ site: JiraSite) -> String {
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
}
