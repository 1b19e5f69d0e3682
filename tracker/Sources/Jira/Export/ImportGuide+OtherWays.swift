import Backlog

/// The ways beside the administrators' CSV importer.
extension ImportGuide {
  var cloudJSON: String {
    let name = has(.datacenter) ? "jira-import-cloud.json" : "jira-import.json"
    return """
      ## \(JiraSite.cloud.title): the JSON file

      `\(name)`: *Settings → System → External system import → JSON*. One page, one file, no mapping. It makes components and \
      versions with their dates. How an item gets under an epic is in no documented example, so it is not tried: search for \
      `labels = "in-pb-0100"`, say, and set the parent of all found in one *bulk change*.
      """
  }

  var datacenterJSON: String {
    """
    ## \(JiraSite.datacenter.title): the JSON file

    `jira-import.json`: *Administration → System → External System Import → Import from JSON*. One page, one file, no mapping. It makes \
    the project itself with its components and versions with their dates, so it needs no empty project. *Epic Link* names the epic; \
    should stories stand outside their epics afterwards, take the CSV file.
    """
  }

  var workflow: String {
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

  var projectImport: String {
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

  var basic: String {
    let files = (contents.items.count + BasicCSV.mostRows - 1) / BasicCSV.mostRows
    return """
      ## Without administrator's rights

      `jira-basic-01.csv`\(files > 1 ? " to the last of \(files) files, one after the other" : ""): *Filters → Search work items*, the \
      menu *⋯ → Import from CSV*. It needs the permissions *Create Issue* and *Make Bulk Changes*. At most \(BasicCSV.mostRows) rows a \
      file, flat: sub-tasks come as tasks, the first line of the description says what the item lies in, and the label `in-…` finds \
      all that lie in one. Date format as above. Comments, links and parents cannot be given here.
      """
  }

  var rest: String {
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
}
