import Testing

@testable import SpaceModel

@Suite("The built-in catalogue") struct PublishedCatalogueTests {
  @Test("is read to its last line, has a date, and names each thing once")
  func whole() {
    let catalogue = PublishedCatalogue.current
    #expect(catalogue.rejected == [])
    #expect(catalogue.version.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil)
    let flavours = catalogue.hardware.offers.map(\.flavour)
    #expect(Set(flavours).count == flavours.count && flavours.count >= 29)
    #expect(catalogue.creatableSDKs == [.docker, .gradio, .static] && catalogue.sdks.contains(.streamlit))
    #expect(catalogue.regions == ["us", "eu"])
  }

  @Test("knows prices, free hardware, and hardware without a price")
  func prices() {
    let hardware = HardwareCatalogue.published
    #expect(hardware["t4-small"]?.hourly == Money(usd: 0.4) && hardware["t4-small"]?.accelerator == "1x Nvidia T4")
    #expect(hardware["cpu-basic"]?.isPaid == false && hardware["cpu-basic"]?.accelerator == nil)
    #expect(hardware["sprx8"]?.hourly == nil && hardware["sprx8"]?.cpu == "?")
  }

  @Test("passes over comments, and keeps what it does not understand apart")
  func rejected() {
    let catalogue = PublishedCatalogue("# a\nversion\t2030-01-01\nflavour\tx\nregion\tmars\n")
    #expect(catalogue.rejected == ["flavour\tx"] && catalogue.regions == ["mars"] && catalogue.version == "2030-01-01")
  }
}
