import ArgumentParser
import Console
import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel
import State

/// `spaceform hardware`: what a Space can run on, and what it costs.
struct HardwareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hardware", abstract: "List the hardware flavours with their prices.",
    discussion: """
      The built-in table is the one `plan` counts with; --live reads the Hub's own, as `plan --live-prices` does. A month is 730
      hours of one replica without sleep. `?` stands where no price is published. Inside a project that was applied, a column
      counts the Spaces that its lock has on each.

      EXAMPLES
        spaceform hardware
        spaceform hardware --live --format json
        spaceform hardware --gpu --max-hourly 1.5
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Read the table from the Hub; no token is needed.")
  var live = false

  @Flag(help: "Only hardware with an accelerator.")
  var gpu = false

  @Option(help: ArgumentHelp("Only hardware of a known price up to this, in US dollars an hour.", valueName: "usd"))
  var maxHourly: Double?

  @Flag(help: "Only hardware that Spaces in the project's lock are on.")
  var used = false

  func validate() throws {
    if let maxHourly, !(maxHourly >= 0) { throw ValidationError("--max-hourly takes an amount from 0 on.") }
  }

  func run() async throws {
    let uses = try uses()
    var catalogue = HardwareCatalogue.published
    if live {
      let hub = try HubAccess.client(options, needsToken: false)
      do throws(HubError) { catalogue = try await hub.hardware() } catch {
        throw error.failure(doing: "reading the Hub's hardware")
      }
    }
    let selection = HardwareSelection(accelerated: gpu, maximumHourly: maxHourly, used: used)
    catalogue = selection.apply(to: catalogue, uses: uses ?? [:])
    switch output.format {
    case .json: Terminal.output(HardwareText.json(catalogue, source: live ? "hub" : "published", uses: uses).prettyText)
    case .human:
      Terminal.output(HardwareText(style: options.outputStyle).text(catalogue, uses: uses))
      if !live { options.note("As published on \(PublishedCatalogue.current.version); --live asks the Hub.") }
    }
  }
  /// Nil where there is no project, or none that was applied; then `--used` has nothing to go by and is refused.
  private func uses() throws -> [Flavour: Int]? {
    do throws(Failure) {
      let place = try LockPlace(options)
      if let lock = used ? try place.store.read() : place.store.remembered() { return lock.hardwareUses }
    } catch {
      // The table is of use anywhere; what is wrong with the project matters only to who asks for its Spaces.
      if used { throw error }
      return nil
    }
    if used {
      throw Failure(
        doing: "listing the hardware that is used", problem: "nothing has been applied here yet", help: "Leave --used out")
    }
    return nil
  }
}
