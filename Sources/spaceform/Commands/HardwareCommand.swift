import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel

/// `spaceform hardware`: what a Space can run on, and what it costs.
struct HardwareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hardware", abstract: "List the hardware flavours with their prices.",
    discussion: """
      The built-in table is the one `plan` counts with; --live reads the Hub's own, as `plan --live-prices` does. A month is 730
      hours of one replica without sleep. `?` stands where no price is published.

      EXAMPLES
        spaceform hardware
        spaceform hardware --live --format json
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Read the table from the Hub; no token is needed.")
  var live = false

  func run() async throws {
    var catalogue = HardwareCatalogue.published
    if live {
      let hub = try HubAccess.client(options, needsToken: false)
      do throws(HubError) { catalogue = try await hub.hardware() } catch {
        throw error.failure(doing: "reading the Hub's hardware")
      }
    }
    switch output.format {
    case .json: Terminal.output(HardwareText.json(catalogue, source: live ? "hub" : "published").prettyText)
    case .human:
      Terminal.output(HardwareText(style: options.outputStyle).text(catalogue))
      if !live { options.note("As published on \(PublishedCatalogue.current.version); --live asks the Hub.") }
    }
  }
}
