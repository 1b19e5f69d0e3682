import ArgumentParser
import Console
import Diagnostics
import Jira

/// `spaceform-tracker learn`: the site's ids out of a configuration saved from Jira's wizard.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Read the site's ids from a configuration saved once in Jira's CSV wizard.",
    discussion: """
      Prints what --site-ids of `export` takes. Where the wizard was given the columns of an export, every custom field and link type
      that was mapped by hand is found.

      EXAMPLE
        spaceform-tracker learn configuration.txt > site-ids.json
      """)

  @OptionGroup var options: TrackerOptions

  @Argument(help: "The saved configuration.", completion: .file())
  var file: String

  func run() throws {
    let backlog = try TrackerFolder(options.directory).read()
    let ids = try SavedConfiguration.learn(
      try JSONFile.read(file), name: file, linkNames: LinkNames.byHeader(backlog.project))
    Terminal.output(ids.json.prettyText)
    let count = ids.customFields.count + ids.linkTypes.count + ids.statuses.count
    options.note("Learned \(count == 1 ? "1 id" : "\(count) ids").")
  }
}
