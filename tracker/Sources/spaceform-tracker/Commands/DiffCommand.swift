import ArgumentParser
import Console
import Diagnostics
import Jira
import SpaceModel

/// `spaceform-tracker diff`: what importing a newer export would do.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what importing a newer export over an older one would add and pass over.",
    discussion: """
      Jira passes over rows whose number it knows, so what differs has to be changed by hand or by REST; what is gone stays on the
      site. Both folders are what `export` wrote.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case human, json
  }

  @Option(help: "Form of the output on standard output.")
  var format: Format = .human

  @Argument(help: "The folder of the export that was imported.", completion: .directory)
  var old: String

  @Argument(help: "The folder of the newer export.", completion: .directory)
  var new: String

  func run() throws {
    let difference = try ExportDifference(
      old: (try JSONFile.read("\(old)/items.json"), "\(old)/items.json"),
      new: (try JSONFile.read("\(new)/items.json"), "\(new)/items.json"))
    switch format {
    case .human: Terminal.output(text(difference))
    case .json: Terminal.output(json(difference).prettyText)
    }
  }

  private func text(_ difference: ExportDifference) -> String {
    var text = ""
    for id in difference.added { text += "+ \(id)  is made\n" }
    for change in difference.changed {
      text += "~ \(change.id)  is passed over; differs in \(change.fields.joined(separator: ", "))\n"
    }
    for id in difference.removed { text += "- \(id)  stays on the site\n" }
    return text + "\(difference.added.count) to add, \(difference.changed.count) changed and passed over, "
      + "\(difference.removed.count) gone, \(difference.unchanged) the same\n"
  }

  private func json(_ difference: ExportDifference) -> JSONValue {
    [
      "format_version": 1, "added": .array(difference.added.map(JSONValue.string)),
      "changed": .array(
        difference.changed.map { ["id": .string($0.id), "fields": .array($0.fields.map(JSONValue.string))] }),
      "removed": .array(difference.removed.map(JSONValue.string)), "unchanged": .int(difference.unchanged),
    ]
  }
}
