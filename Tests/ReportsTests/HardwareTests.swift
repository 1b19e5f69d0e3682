import Console
import Reconciler
import Reports
import SpaceModel
import State
import Testing

@Suite("The hardware table")
struct HardwareTests {
  private let catalogue = HardwareCatalogue.published

  private func names(_ selection: HardwareSelection, uses: [Flavour: Int] = [:]) -> [String] {
    selection.apply(to: catalogue, uses: uses).offers.map(\.flavour.rawValue)
  }

  @Test("is filtered by accelerator, by price and by use")
  func filters() {
    #expect(names(HardwareSelection()) == catalogue.offers.map(\.flavour.rawValue))
    let accelerated = names(HardwareSelection(accelerated: true))
    #expect(accelerated.contains("t4-small") && !accelerated.contains("cpu-basic"))
    let price = catalogue["t4-small"]?.hourly?.usd ?? 0
    let cheap = names(HardwareSelection(accelerated: true, maximumHourly: price))
    #expect(cheap.contains("t4-small") && !cheap.contains("a100-large"))
    #expect(!names(HardwareSelection(maximumHourly: price - 0.001)).contains("t4-small"))
    #expect(names(HardwareSelection(used: true), uses: ["t4-small": 2]) == ["t4-small"])
    var unpriced = catalogue
    unpriced.offers = [HardwareOffer(flavour: "new", title: "New", cpu: "1", memory: "1", accelerator: nil, hourly: nil)]
    #expect(HardwareSelection(maximumHourly: 100).apply(to: unpriced, uses: [:]).offers.isEmpty)
  }

  @Test("counts the Spaces of the lock, and says so only inside a project")
  func uses() {
    var lock = Lock(project: "demos", hub: "local", spaces: [:])
    for name in ["a", "b"] {
      var record = LockRecord(hubID: name)
      record.settings = ["hardware": "t4-small"]
      lock.spaces[address("acme/\(name)")] = record
    }
    lock.spaces[address("acme/unmanaged")] = LockRecord(hubID: "c")
    #expect(lock.hardwareUses == ["t4-small": 2])
    let shown = HardwareSelection(used: true).apply(to: catalogue, uses: lock.hardwareUses)
    let lines = HardwareText(style: .plain).text(shown, uses: lock.hardwareUses).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasSuffix("$/MONTH  SPACES HERE") && lines[1].hasSuffix("  2"))
    #expect(!HardwareText(style: .plain).text(shown).contains("SPACES HERE"))
    #expect(
      HardwareText.json(shown, source: "hub", uses: lock.hardwareUses)["hardware"]?.arrayValue?.first?["spaces_here"] == 2)
    #expect(HardwareText.json(shown, source: "hub")["hardware"]?.arrayValue?.first?["spaces_here"] == .null)
  }

  @Test("says when nothing fits")
  func empty() {
    #expect(
      HardwareText(style: .plain).text(HardwareSelection(used: true).apply(to: catalogue, uses: [:])) == "No hardware fits.\n")
  }
}
