import Foundation
import HubAPI
import SpaceModel
import Testing

@testable import HTTP
@testable import Hub

@Suite struct ErrorAnswerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var status: Int
    var headers: [String: String] = [:]
    var body = ""
    var path = "/api/spaces/acme/chat"
    var sentToken = true
    var kind: HubError.Kind
    var message: String?
    var testDescription: String { name }
  }

  private func error(
    _ status: Int, _ headers: [String: String] = [:], _ body: String = "", path: String = "/api/spaces/acme/chat",
    sentToken: Bool = true, effect: HubCall.Effect = .read, secrets: [Secret] = []
  ) throws -> HubError {
    let url = try #require(WebAddress("https://hub.test" + path))
    var call = HubCall(method: effect == .read ? .get : .post, path: path, effect: effect, space: SpaceID(inPath: path))
    call.secrets = secrets
    let response = HTTPResponse(
      status: status, headers: HeaderFields(headers.map { ($0.key, $0.value) }), body: Data(body.utf8), url: url)
    return ErrorAnswer(response: response, call: call, sentToken: sentToken, now: Timestamp(seconds: 784_111_777)).error
  }

  static let cases: [Case] = [
    Case(name: "revision", status: 404, headers: ["X-Error-Code": "RevisionNotFound"], kind: .notFound(.revision)),
    Case(name: "entry", status: 404, headers: ["X-Error-Code": "EntryNotFound"], kind: .notFound(.entry)),
    Case(name: "gated", status: 403, headers: ["X-Error-Code": "GatedRepo"], kind: .forbidden),
    Case(
      name: "disabled", status: 403, headers: ["X-Error-Message": "Access to this resource is disabled."], kind: .forbidden,
      message: "Access to this resource is disabled."),
    Case(
      name: "repository", status: 404, headers: ["X-Error-Code": "RepoNotFound"], body: #"{"error":"Repository not found"}"#,
      kind: .notFound(.repository), message: "Repository not found"),
    Case(name: "plain 404", status: 404, kind: .notFound(.other), message: "not found, or not visible to this token"),
    Case(
      name: "bad token", status: 401, headers: ["X-Error-Message": "Invalid credentials in Authorization header"],
      kind: .unauthenticated),
    Case(
      name: "bad token, in the body", status: 401, body: #"{"error":"Invalid credentials in Authorization header"}"#,
      kind: .unauthenticated),
    Case(name: "401 about a Space", status: 401, body: #"{"error":"nope"}"#, kind: .notFound(.repository)),
    Case(name: "401 without a token", status: 401, sentToken: false, kind: .unauthenticated),
    Case(
      name: "401 about a create", status: 401, body: #"{"error":"Invalid username or password."}"#, path: "/api/repos/create",
      kind: .unauthenticated, message: "Invalid username or password."),
    Case(name: "400", status: 400, body: #"{"errors":[{"message":"a"},{"message":"b"}]}"#, kind: .rejected, message: "a; b"),
    Case(name: "402", status: 402, body: #"{"error":"needs PRO"}"#, kind: .paymentRequired, message: "needs PRO"),
    Case(name: "403", status: 403, body: #"{"error":["x","y"]}"#, kind: .forbidden, message: "x; y"),
    Case(
      name: "409 taken", status: 409,
      body: #"{"error":"You already created this space repo","url":"https://hub.test/spaces/acme/chat"}"#,
      path: "/api/repos/create", kind: .alreadyExists(url: "https://hub.test/spaces/acme/chat")),
    Case(
      name: "409 busy", status: 409, body: #"{"error":"Cannot create repo: another conflicting operation is in progress"}"#,
      path: "/api/repos/create", kind: .busy),
    Case(name: "409 else", status: 409, body: #"{"error":"no"}"#, kind: .rejected),
    Case(
      name: "move to a taken address", status: 400, body: #"{"error":"A space repository called acme/x already exists"}"#,
      path: "/api/repos/move", kind: .alreadyExists(url: nil)),
    Case(
      name: "412", status: 412, body: "The branch was updated since you opened this page.", kind: .staleParent,
      message: "The branch was updated since you opened this page."),
    Case(name: "413", status: 413, kind: .rejected),
    Case(name: "422", status: 422, body: #"{"error":"bad","error_description":"path"}"#, kind: .rejected, message: "bad; path"),
    Case(
      name: "429 of the window", status: 429, headers: ["RateLimit": "\"api\";r=0;t=17", "Retry-After": "99"],
      kind: .rateLimited(after: 17)),
    Case(
      name: "429 of one action", status: 429, headers: ["RateLimit": "\"api\";r=40;t=17", "Retry-After": "99"],
      kind: .rateLimited(after: 99)),
    Case(
      name: "429 with a date", status: 429, headers: ["Retry-After": "Sun, 06 Nov 1994 08:49:47 GMT"],
      kind: .rateLimited(after: 10)),
    Case(name: "429 without a word", status: 429, kind: .rateLimited(after: nil), message: "too many calls"),
    Case(
      name: "500 with HTML", status: 500, headers: ["Content-Type": "text/html"], body: "<html><body>oops</body></html>",
      kind: .server, message: "the Hub failed and said no more"),
    Case(name: "503", status: 503, body: "<!DOCTYPE html><p>", kind: .server, message: "the Hub failed and said no more"),
    Case(name: "redirect", status: 308, headers: ["Location": "/api/spaces/acme/new"], kind: .moved(to: "acme/new")),
    Case(
      name: "redirect away", status: 302, headers: ["Location": "https://login.test/?next=x"],
      kind: .moved(to: "https://login.test/")),
    Case(name: "not modified is no answer to us", status: 299 + 1, kind: .moved(to: nil)),
  ]

  @Test(arguments: cases) func anAnswerBecomesItsError(_ expected: Case) throws {
    let error = try error(
      expected.status, expected.headers, expected.body, path: expected.path, sentToken: expected.sentToken)
    #expect(error.kind == expected.kind)
    if let message = expected.message { #expect(error.message == message) }
    #expect(error.status == expected.status)
    #expect(!error.outcomeUnknown)
  }

  @Test(arguments: [500, 502, 503, 504, 408]) func aWriteThatAGatewayLostMayHaveHappened(_ status: Int) throws {
    #expect(try error(status, effect: .write).outcomeUnknown)
    #expect(try !error(status, effect: .read).outcomeUnknown)
  }

  @Test(arguments: [400, 401, 402, 403, 404, 409, 412, 422, 429, 307]) func aWriteThatWasRefusedHasNot(_ status: Int) throws {
    #expect(try !error(status, effect: .write).outcomeUnknown)
  }

  @Test func theRequestIDIsTheHubs() throws {
    #expect(try error(500, ["X-Request-Id": "Root=1-a;b", "X-Amzn-Trace-Id": "c"]).requestID == "Root=1-a;b")
    #expect(try error(500, ["x-amz-cf-id": "cf"]).requestID == "cf")
    #expect(try error(500).requestID == nil)
  }

  @Test func aSecretThatTheHubQuotesIsNotRepeated() throws {
    let error = try error(
      400, [:], #"{"error":"value s3cr3t-canary is bad"}"#, effect: .write, secrets: [Secret("s3cr3t-canary")])
    #expect(error.message == "value <secret> is bad")
  }

  @Test func theHeadersWordsComeFirstAndOnce() throws {
    let error = try error(403, ["X-Error-Message": "No."], #"{"error":"No.","errors":[{"message":"Really."}]}"#)
    #expect(error.message == "No.; Really.")
  }
}
