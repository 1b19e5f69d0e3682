import SpaceModel
import Testing

@Suite("A length of time") struct TimeSpanTests {
  @Test(arguments: [
    ("0s", 0, "0s"), ("30s", 30, "30s"), ("15m", 900, "15m"), ("60m", 3600, "1h"), ("90m", 5400, "90m"), ("24h", 86_400, "1d"),
    ("2d", 172_800, "2d"), ("007s", 7, "7s"),
  ]) func `is read in seconds and written in its shortest whole form`(text: String, seconds: Int, form: String) {
    #expect(TimeSpan(text)?.seconds == seconds)
    #expect(TimeSpan(text)?.description == form)
    #expect(TimeSpan(form)?.seconds == seconds)
  }

  @Test(arguments: ["", "h", "1", "1.5h", "-1h", "+1h", "1 h", "1w", "1H", "h1", "never", "999999999999999999d", "１h"])
  func `is nothing else`(text: String) {
    #expect(TimeSpan(text) == nil)
  }

  @Test func `of sleep may be never, and is not zero`() {
    #expect(SleepTime("never") == .never)
    #expect(SleepTime("never")?.wireSeconds == -1)
    #expect(SleepTime("1h") == .after(seconds: 3600))
    #expect(SleepTime("1h")?.wireSeconds == 3600)
    #expect(SleepTime("90m")?.description == "90m")
    #expect(SleepTime("0s") == nil)
    #expect(SleepTime("Never") == nil)
  }

  @Test func `that the Hub does not name is not observed`() {
    #expect(SleepTime(gcTimeout: nil) == nil)
    #expect(SleepTime(gcTimeout: -1) == .never)
    #expect(SleepTime(gcTimeout: 300) == .after(seconds: 300))
  }
}

@Suite("Money") struct MoneyTests {
  @Test(
    arguments: [
      (0, "$0.00"), (292_000_000, "$292.00"), (1_234_567, "$1.23"), (1_235_000, "$1.24"), (50_000, "$0.05"), (4_999, "$0.00"),
      (-1_500_000, "-$1.50"), (-4_999, "$0.00"),
    ] as [(Int64, String)]) func `is written in dollars and cents`(micro: Int64, text: String)
  {
    #expect(Money(microUSD: micro).description == text)
  }

  @Test func `adds up exactly`() {
    let sum = (0..<10).reduce(Money.zero) { total, _ in total + Money(usd: 0.1) }
    #expect(sum == Money(usd: 1))
    #expect(Money(usd: 0.4) * 730 == Money(usd: 292))
    #expect(Money(usd: 1) < Money(usd: 1.000001))
  }

  @Test func `ends somewhere`() {
    let most = Money(usd: .infinity)
    #expect(most + most == most && most * 1e300 == most)
    #expect(Money(usd: -.infinity) + Money(usd: -1) == Money(usd: -.infinity))
    #expect(Money(usd: .nan) == .zero)
    #expect(Money(microUSD: .min).description.hasPrefix("-$") && Money(microUSD: .max) + Money(microUSD: .max) == most)
  }

  @Test func `for a month has an upper bound where a price is published`() {
    let catalogue = HardwareCatalogue.published
    #expect(catalogue.monthlyUpperBound("t4-small", replicas: nil)?.description == "$292.00")
    #expect(catalogue.monthlyUpperBound("t4-small", replicas: 2)?.description == "$584.00")
    #expect(catalogue.monthlyUpperBound(.cpuBasic, replicas: nil) == .zero)
    #expect(catalogue.monthlyUpperBound(nil, replicas: nil) == .zero)
    #expect(catalogue.monthlyUpperBound("inf2x6", replicas: nil) == nil)
    #expect(catalogue.monthlyUpperBound("unheard-of", replicas: nil) == nil)
  }
}

@Suite("A variable's value") struct ValueTemplateTests {
  @Test func `is its text, with what other Spaces say put in`() throws {
    let backend = try #require(SpaceID("acme/backend"))
    let template = ValueTemplate(parts: [
      .text("see "), .reference(backend, .url), .text("/docs of "), .reference(backend, .id),
    ])
    #expect(template.references == [backend, backend])
    #expect(template.rendered { "<\($0) \($1)>" } == "see <acme/backend url>/docs of <acme/backend id>")
    #expect(ValueTemplate("plain").rendered { _, _ in "never" } == "plain")
    #expect(ValueTemplate("plain").references.isEmpty)
  }

  @Test func `lists a definition's references once, sorted, itself left out`() throws {
    let ids = try ["acme/chat", "acme/b", "acme/a"].map { try #require(SpaceID($0)) }
    var definition = SpaceDefinition(id: ids[0], file: "chat.space.yaml")
    for (index, id) in (ids + ids).enumerated() {
      definition.variables["V\(index)"] = VariableDeclaration(value: ValueTemplate(parts: [.reference(id, .host)]))
    }
    #expect(definition.references == [ids[2], ids[1]])
  }
}

@Suite("A secret") struct SecretTests {
  struct Holder { var name = "API_KEY", secret = Secret("canary-value") }

  @Test func `is shown by no print, dump, reflection or description`() {
    let holder = Holder()
    var dumped = ""
    dump(holder, to: &dumped)
    dump([holder.secret], to: &dumped)
    var printed = ""
    print(holder, holder.secret, [holder.secret], Optional(holder.secret) as Any, to: &printed)
    debugPrint(holder, holder.secret, ["K": holder.secret], to: &printed)
    let texts = [dumped, printed, "\(holder)", String(describing: holder.secret), String(reflecting: holder)]
    for text in texts { #expect(!text.contains("canary")) }
    #expect(Mirror(reflecting: holder.secret).children.isEmpty)
    #expect("\(holder.secret)" == "<secret>")
  }

  @Test func `can be neither encoded nor compared`() {
    let secret: Any = Secret("canary-value")
    #expect(!(secret is any Encodable))
    #expect(!(secret is any Equatable))
  }

  @Test func `gives its text to the one who asks for it`() {
    #expect(Secret("canary-value").reveal { $0 } == "canary-value")
    #expect(Secret("").isEmpty && !Secret("x").isEmpty)
  }
}

@Suite("A volume") struct VolumeTests {
  @Test func `comes back from its JSON`() {
    let volumes = [
      Volume(kind: .bucket, source: "acme/data", mount: "/data"),
      Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true),
      Volume(kind: .model, source: "acme/m", mount: "/m", revision: "main", path: "w"),
    ]
    for volume in volumes { #expect(Volume(json: volume.json) == volume) }
  }

  @Test func `of a repository is always read-only`() {
    #expect(Volume(kind: .dataset, source: "acme/d", mount: "/d", readOnly: false).readOnly)
    #expect(!Volume(kind: .bucket, source: "acme/d", mount: "/d").readOnly)
  }
}
