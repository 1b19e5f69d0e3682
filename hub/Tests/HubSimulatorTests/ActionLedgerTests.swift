import HubSimulator
import SpaceModel
import Testing

@Suite struct ActionLedgerTests {
  private let start = Timestamp(milliseconds: 300_000 * 1000)

  @Test func eachActionOfEachAccountHasItsOwnWindow() {
    var ledger = ActionLedger()
    #expect(ledger.count("acme", .create, limit: 1, at: start) == nil)
    #expect(ledger.count("acme", .create, limit: 1, at: start.advanced(bySeconds: 100)) == 200)
    #expect(ledger.count("acme", .commit, limit: 1, at: start) == nil)
    #expect(ledger.count("beta", .create, limit: 1, at: start) == nil)
    #expect(ledger.count("acme", .create, limit: 1, at: start.advanced(bySeconds: 300)) == nil)
  }

  @Test func zeroIsNoLimit() {
    var ledger = ActionLedger()
    for _ in 1...100 { #expect(ledger.count("acme", .commit, limit: 0, at: start) == nil) }
  }
}
