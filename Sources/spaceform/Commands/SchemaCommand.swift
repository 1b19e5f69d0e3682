import ArgumentParser
import Console
import Definitions
import Files
import SpaceModel

/// `spaceform schema`: the JSON Schema of definition files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of definition files, for editors and other checkers.",
    discussion: """
      `space` is the schema of *.space.yaml, `project` that of spaceform.yaml. An editor with a YAML language server completes
      and checks definitions with it.

      EXAMPLES
        spaceform schema space --out .spaceform/space.schema.json
        spaceform schema project | jq '.properties | keys'
      """)

  enum Subject: String, CaseIterable, ExpressibleByArgument { case space, project }

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Which file: space or project.")
  var subject: Subject = .space

  @Option(help: ArgumentHelp("Write it to this file.", valueName: "file"), completion: .file())
  var out: String?

  func run() throws {
    let schema = subject == .space ? DefinitionSchema.space : DefinitionSchema.project
    guard let out else { return Terminal.output(schema.prettyText) }
    try AtomicFile.replace(out, with: Array(schema.prettyText.utf8))
    options.note("Wrote the schema of \(subject == .space ? "*.space.yaml" : ProjectFolder.fileName) to \(out).")
  }
}
