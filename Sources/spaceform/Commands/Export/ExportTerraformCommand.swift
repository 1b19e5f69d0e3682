import ArgumentParser
import Console
import Diagnostics
import Files
import Platform
import Reports
import SpaceModel
import State

/// `spaceform export terraform`: the fleet as configuration, with import blocks for what exists.
struct ExportTerraformCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terraform", abstract: "Write the fleet as Terraform configuration, with import blocks for what exists.",
    discussion: """
      Writes versions.tf, spaces.tf, variables.tf and imports.tf into a folder: a `huggingface_space` for each Space, with the files where
      they are, a variable for each secret, and an `import` block for each Space that the lock knows. Neither the definitions nor the
      lock are touched, and the Hub is not asked.

      The provider that these files are for is terraform-provider-huggingface; docs/terraform.md says how Terraform finds it.

      EXAMPLE
        spaceform export terraform infrastructure
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The folder to write to; it is made where there is none.", completion: .directory)
  var folder: String

  @Flag(help: "Write over files of these names that are there.")
  var force = false

  func run() async throws {
    let project = try await Project.load(options, readsAllFiles: false)
    let target = URL(fileURLWithPath: folder).standardizedFileURL.path
    try makeFolder(target)
    guard let from = Posix.realPath(target), let to = Posix.realPath(project.folder.path) else {
      throw Failure(doing: "exporting to \(folder)", problem: "the folder cannot be opened")
    }
    let configuration = TerraformConfiguration(
      fleet: project.fleet, lock: try project.store.read(), projectPath: RelativePath.from(from, to: to))
    if !force, let taken = configuration.files.first(where: { Posix.status("\(target)/\($0.name)") != nil }) {
      throw Failure(
        doing: "exporting to \(folder)", problem: "\(taken.name) is there already",
        help: "Choose another folder, or write over it with --force")
    }
    for file in configuration.files { try AtomicFile.replace("\(target)/\(file.name)", with: Array(file.text.utf8)) }
    switch output.format {
    case .json: Terminal.output(json(configuration).prettyText)
    case .human:
      Terminal.output(
        "Wrote \(configuration.files.map(\.name).joined(separator: ", ")) to \(folder): \(project.fleet.spaces.count) Spaces, \(configuration.imported.count) of them to be imported.\n"
      )
      for note in configuration.notes { options.note("note: \(Printable.text(note))") }
    }
  }

  private func json(_ configuration: TerraformConfiguration) -> JSONValue {
    [
      "format_version": 1, "files": .array(configuration.files.map { .string($0.name) }),
      "imported": .array(configuration.imported.map { .string($0.description) }),
      "notes": .array(configuration.notes.map(JSONValue.string)),
    ]
  }

  private func makeFolder(_ path: String) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        doing: "exporting to \(folder)", problem: "the folder cannot be made: the system refuses it",
        help: "Check that you may write there, and that no file has that name")
    }
  }
}
