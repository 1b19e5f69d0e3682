import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import HTTP
@testable import Hub

@Suite struct ConfigurationTests {
  private func configuration(_ environment: [String: String], home: String = "/nonexistent") throws -> HubConfiguration {
    try HubConfiguration(environment: environment, home: home)
  }

  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "hub-configuration-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func write(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func withoutVariablesThePublicHubIsAskedAnonymously() throws {
    let configuration = try configuration([:])
    #expect(configuration.endpoint == "https://huggingface.co")
    #expect(configuration.token == nil)
    #expect(!configuration.isOffline)
  }

  @Test func slashesAtTheEndOfTheEndpointAreDropped() throws {
    #expect(try configuration(["HF_ENDPOINT": "http://127.0.0.1:7780//"]).endpoint == "http://127.0.0.1:7780")
    #expect(try configuration(["HF_ENDPOINT": "https://hub.test/sub/"]).endpoint == "https://hub.test/sub")
  }

  @Test(arguments: ["ftp://hub.test", "hub.test", "file:///etc/passwd", "https://", "https://a b", "https://hub.test/?x=1"])
  func anEndpointThatIsNoWebAddressIsRefused(_ text: String) {
    let error = #expect(throws: Failure.self) { try configuration(["HF_ENDPOINT": text]) }
    #expect(error?.status == .usage)
    #expect(error?.doing == "reading HF_ENDPOINT")
  }

  @Test func anEndpointWithAPasswordIsRefusedAndNotRepeated() {
    let error = #expect(throws: Failure.self) { try configuration(["HF_ENDPOINT": "https://me:s3cret@hub.test"]) }
    #expect(error?.problem.contains("s3cret") == false)
  }

  @Test func theFirstVariableThatHoldsATokenWinsAndIsTrimmed() throws {
    let first = try configuration(["HF_TOKEN": "  hf_a\r\n ", "HUGGING_FACE_HUB_TOKEN": "hf_b"])
    #expect(first.token?.secret.reveal { $0 } == "hf_a")
    #expect(first.token?.source == .variable("HF_TOKEN"))
    let second = try configuration(["HF_TOKEN": " ", "HUGGING_FACE_HUB_TOKEN": "hf_b"])
    #expect(second.token?.secret.reveal { $0 } == "hf_b")
    #expect(second.token?.source.description == "the environment variable HUGGING_FACE_HUB_TOKEN")
  }

  @Test func theTokenFileIsTheFirstThatIsConfigured() throws {
    let home = try folder()
    defer { try? FileManager.default.removeItem(atPath: home) }
    try write("hf_default\n", home + "/.cache/huggingface/token")
    try write("hf_xdg\n", home + "/xdg/huggingface/token")
    try write("hf_home\n", home + "/hub/token")
    try write("hf_path\n", home + "/mine")
    func token(_ environment: [String: String]) throws -> String? {
      try configuration(environment, home: home).token?.secret.reveal { $0 }
    }
    #expect(try token([:]) == "hf_default")
    #expect(try token(["XDG_CACHE_HOME": home + "/xdg"]) == "hf_xdg")
    #expect(try token(["XDG_CACHE_HOME": home + "/xdg", "HF_HOME": "~/hub"]) == "hf_home")
    #expect(try token(["HF_HOME": "$BASE/hub", "BASE": home]) == "hf_home")
    #expect(try token(["HF_HOME": home + "/hub", "HF_TOKEN_PATH": "${BASE}/mine", "BASE": home]) == "hf_path")
    #expect(try token(["HF_TOKEN": "hf_variable", "HF_HOME": home + "/hub"]) == "hf_variable")
  }

  @Test func aConfiguredFolderWithoutATokenDoesNotFallBackToThePersonsOwn() throws {
    let home = try folder()
    defer { try? FileManager.default.removeItem(atPath: home) }
    try write("hf_default\n", home + "/.cache/huggingface/token")
    #expect(try configuration(["HF_HOME": home + "/empty"], home: home).token == nil)
  }

  @Test func aTokenThatWouldSpoilTheRequestIsRefusedWithoutShowingIt() {
    let error = #expect(throws: Failure.self) { try configuration(["HF_TOKEN": "hf_a b\u{7}c"]) }
    #expect(error?.problem.contains("hf_a") == false)
    #expect(error?.doing.contains("HF_TOKEN") == true)
  }

  @Test func aTokenIsNeverPrinted() throws {
    let configuration = try configuration(["HF_TOKEN": "hf_hidden"])
    var dumped = ""
    dump(configuration, to: &dumped)
    #expect(!dumped.contains("hf_hidden"))
    #expect(!"\(configuration)".contains("hf_hidden"))
  }

  @Test(arguments: [("1", true), ("yes", true), ("TRUE", true), ("on", true), ("0", false), ("", false), ("no", false)])
  func offlineIsReadAsASwitch(_ text: String, _ expected: Bool) throws {
    #expect(try configuration(["HF_HUB_OFFLINE": text]).isOffline == expected)
  }

  @Test func certificatesAreTakenFromTheVariablesFirst() {
    #expect(CertificateBundle.path(environment: ["SSL_CERT_FILE": "/mine.pem"]) { _ in true } == "/mine.pem")
    #expect(CertificateBundle.path(environment: ["CURL_CA_BUNDLE": "/c.pem"]) { _ in true } == "/c.pem")
    #expect(CertificateBundle.path(environment: [:]) { $0 == "/etc/ssl/cert.pem" } == "/etc/ssl/cert.pem")
    #expect(CertificateBundle.path(environment: [:]) { _ in false } == nil)
  }

  @Test func proxiesAreChosenByScheme() throws {
    let http = try #require(WebAddress("http://hub.test"))
    let https = try #require(WebAddress("https://hub.test"))
    let both = ProxySettings(environment: ["http_proxy": "http://p:1", "HTTPS_PROXY": "http://p:2", "NO_PROXY": "localhost"])
    #expect(both.proxy(for: http) == "http://p:1")
    #expect(both.proxy(for: https) == "http://p:2")
    #expect(both.exceptions == "localhost")
    #expect(ProxySettings(environment: ["HTTP_PROXY": "http://evil:1"]).proxy(for: http) == "")
    #expect(ProxySettings(environment: ["ALL_PROXY": "http://p:3"]).proxy(for: https) == "http://p:3")
  }
}
