import ArgumentParser
import Console
import Diagnostics
import Reports

/// `spaceform import`: existing Spaces become part of the project.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring Spaces that exist under control, with a definition and a record for each.",
    discussion: """
      Writes a definition with everything the Hub shows: hardware, visibility, variables with their values, volumes, and secrets by
      name, whose values stay on the Hub. Records the Space in the lock, so that the next plan changes nothing. A Space that is
      defined already keeps its definition. Nothing on the Hub is changed.

      --content also brings the Space's files here, into apps/NAME or the definition's source folder, and records its head: the way to
      take over a Space with its files, and to bring commits here that were made on the Hub.

      An address may have `*` in its name, for any text: all Spaces of that owner whose names match, as far as the token shows them.

      EXAMPLES
        spaceform import acme/chat
        spaceform import 'acme/*'
        spaceform import --content acme/chat acme/search
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var lease: LeaseOptions

  @Argument(
    help: "The Spaces: owner/name, or bare names where the project has an owner; `*` in a name for any text.",
    completion: .space)
  var addresses: [String]

  @Flag(help: "Bring the Spaces' files here too.")
  var content = false

  @Flag(help: "With --content: write over files here that differ from the Space's.")
  var force = false

  func run() async throws {
    let folder = try ProjectFolder(options)
    let outline = try ProjectOutline(folder)
    // Before the Hub is asked for anything, so that a slip of the keyboard needs no token.
    let wanted = try addresses.map { text throws(Failure) in try SpacePattern(text, owner: outline.owner) }
    let hub = try HubAccess.client(options)
    let run = ImportRun(
      addresses: try await SpacePattern.addresses(wanted, hub), folder: folder, outline: outline, hub: hub, options: options,
      bringsContent: content, mayOverwrite: force, patience: lease.leaseTimeout)
    let report = try await run.run()
    switch output.format {
    case .json: Terminal.output(report.json.prettyText)
    case .human: Terminal.output(report.text(style: options.outputStyle))
    }
  }
}
