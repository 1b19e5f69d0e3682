import SpaceModel
import Testing

@testable import HTTP
@testable import Hub

@Suite struct HeaderTests {
  @Test func aDateOfHTTPIsAMoment() {
    #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT")?.description == "1994-11-06T08:49:37.000Z")
    #expect(HTTPDate.parse("Tue, 29 Feb 2028 23:59:59 GMT")?.description == "2028-02-29T23:59:59.000Z")
  }

  @Test(arguments: ["", "now", "Sun, 06 Now 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37"])
  func anythingElseIsNone(_ text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }

  @Test(arguments: [
    ("<https://h/api/spaces?a=1,2&cursor=x%3D>; rel=\"next\"", "https://h/api/spaces?a=1,2&cursor=x%3D"),
    ("<https://h/1>; rel=\"prev\", <https://h/3>; rel=\"next\"", "https://h/3"),
    ("<https://h/3>;rel=next", "https://h/3"),
    ("<https://h/3>; title=\"x\"; rel=\"last next\"", "https://h/3"),
  ])
  func theNextPageIsTakenAsWritten(_ field: String, _ expected: String) {
    #expect(LinkHeader.next(in: HeaderFields([("Link", field)])) == expected)
  }

  @Test(arguments: ["", "<https://h/1>; rel=\"prev\"", "<https://h/1", "rel=next", "<>", "<https://h/1>; rel=nextish"])
  func withoutANextPageThereIsNone(_ field: String) {
    #expect(LinkHeader.next(in: HeaderFields([("link", field)])) == nil)
  }

  @Test func theQuotaIsReadFromBothHeaders() {
    let header = RateLimitHeader(
      HeaderFields([("RateLimit", "\"api\";r=487;t=212"), ("RateLimit-Policy", "\"fixed window\";\"api\";q=500;w=300")]))
    #expect(header?.bucket == "api")
    #expect(header?.remaining == 487)
    #expect(header?.resetsIn == 212)
    #expect(header?.limit == 500)
  }

  @Test(arguments: ["", "\"api\"", "\"api\";r=x;t=1", "\"api\";r=-1;t=1", "r=1"])
  func aQuotaThatCannotBeReadIsNone(_ field: String) {
    #expect(RateLimitHeader(HeaderFields([("ratelimit", field)])) == nil)
  }

  @Test func anAddressIsReadAsItWillBeOpened() throws {
    let hub = try #require(WebAddress("https://Hub.test/x?y=1"))
    #expect(hub.origin == WebAddress.Origin(scheme: "https", host: "hub.test", port: "443"))
    #expect(hub.origin == WebAddress("https://hub.test:443/other")?.origin)
    #expect(hub.origin != WebAddress("http://hub.test/")?.origin)
    #expect(hub.origin != WebAddress("https://hub.test:8443/")?.origin)
    #expect(hub.origin != WebAddress("https://hub.test@evil.test/")?.origin)
    #expect(hub.origin != WebAddress("https://hub.test.evil.test/")?.origin)
    #expect(hub.resolving("/api?p=2")?.text == "https://hub.test/api?p=2" || hub.resolving("/api?p=2")?.path == "/api")
    #expect(hub.resolving("//evil.test/a")?.origin.host == "evil.test")
    #expect(hub.resolving("javascript:alert(1)") == nil)
    #expect(hub.resolving("/a\r\nb: c") == nil)
    #expect(hub.withoutQuery.hasSuffix("/x"))
  }

  @Test func pathsAreEncodedSegmentBySegment() {
    #expect(Percent.encode("refs/pr/1") == "refs%2Fpr%2F1")
    #expect(Percent.encode(path: "a b/ü#?.txt") == "a%20b/%C3%BC%23%3F.txt")
  }

  @Test func foreignWordsCannotDriveATerminal() {
    #expect(ForeignText.plain("a\u{1B}[31mred\r\nb\u{202E}c") == "a [31mred b c")
    #expect(ForeignText.plain(String(repeating: "x", count: 900)).count == 501)
  }
}
