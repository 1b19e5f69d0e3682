import HubSimulator
import SpaceModel
import Testing

@Suite struct QuotaTests {
  private let start = Timestamp(milliseconds: 300_000 * 1000)

  @Test func theWindowEndsWhatItsPlanAllowsAndBeginsAgain() {
    var ledger = QuotaLedger()
    for call in 1...1000 {
      let standing = ledger.count("free", .api, plan: .free, override: 0, at: start)
      #expect(standing.isAllowed)
      #expect(standing.remaining == 1000 - call)
    }
    let refused = ledger.count("free", .api, plan: .free, override: 0, at: start.advanced(bySeconds: 10))
    #expect(!refused.isAllowed)
    #expect(refused.resetsIn == 290)
    #expect(ledger.count("free", .resolvers, plan: .free, override: 0, at: start).isAllowed)
    #expect(ledger.count("free", .api, plan: .free, override: 0, at: start.advanced(bySeconds: 300)).isAllowed)
  }

  @Test func aMemberHasTheBestPlanOfTheirOrganisations() throws {
    let story = try Story()
    #expect(story.world.plan(of: story.local) == .enterprise)
    #expect(story.world.plan(of: .anonymous) == nil)
  }

  @Test func anOverrideHoldsForEveryone() {
    var ledger = QuotaLedger()
    #expect(ledger.count("local", .api, plan: .enterprise, override: 2, at: start).remaining == 1)
    #expect(ledger.count("local", .api, plan: .enterprise, override: 2, at: start).remaining == 0)
    #expect(!ledger.count("local", .api, plan: .enterprise, override: 2, at: start).isAllowed)
  }
}
