import NIOSSL
import Testing

@testable import PluginHost

@Suite("Handshake, certificate and log")
struct HandshakeTests {
  @Test("The line has six fields, and a seventh for a host that multiplexes")
  func line() {
    #expect(Handshake.line(socket: "/s", certificate: "QUI", isMultiplexed: false) == "1|6|unix|/s|grpc|QUI\n")
    #expect(Handshake.line(socket: "/s", certificate: "", isMultiplexed: true) == "1|6|unix|/s|grpc||false\n")
  }

  @Test("A host of older protocols is refused with the versions that are spoken; one that says nothing is not")
  func versions() {
    for served in ["6", "5,6", "5, 6", "", nil] { #expect(Handshake.refusal(versions: served) == nil) }
    #expect(Handshake.refusal(versions: "4,5")?.contains("protocol 6") == true)
    #expect(Handshake.refusal(versions: "4,5")?.contains("speaks 4, 5.") == true)
  }

  @Test("A folder whose path is too long for a socket is not used")
  func socketPath() {
    let long = "/" + String(repeating: "x", count: 100)
    #expect(SocketPath.new(environment: ["TMPDIR": long], process: 1).hasPrefix("/tmp/plugin1-"))
    #expect(SocketPath.new(environment: ["TMPDIR": "/var/tmp/"], process: 1).hasPrefix("/var/tmp/plugin1-"))
    #expect(SocketPath.new(environment: ["PLUGIN_UNIX_SOCKET_DIR": "/d", "TMPDIR": "/t"], process: 1).hasPrefix("/d/plugin1-"))
  }

  @Test("The certificate is one that BoringSSL reads, for localhost")
  func certificate() throws {
    let made = try ServerCertificate(now: 1_800_000_000)
    let read = try NIOSSLCertificate(bytes: made.der, format: .der)
    #expect(read._subjectAlternativeNames().count == 1)
    #expect(read.notValidBefore == 1_800_000_000 - 86_400)
    #expect(read.notValidAfter == 1_800_000_000 + 3_650 * 86_400)
    _ = try NIOSSLPrivateKey(bytes: made.privateKeyDER, format: .der)
  }

  @Test("Base64 has no padding", arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")])
  func base64(_ pair: (String, String)) { #expect(Base64.unpadded(Array(pair.0.utf8)) == pair.1) }

  @Test(
    "Days and seconds become a date", arguments: [(0, "1970-1-1"), (951_782_400, "2000-2-29"), (1_798_761_599, "2026-12-31")])
  func date(_ pair: (Int, String)) {
    let time = CivilTime(seconds: pair.0)
    #expect("\(time.year)-\(time.month)-\(time.day)" == pair.1)
  }

  @Test("TF_LOG says what is logged; TF_LOG_PROVIDER says it first")
  func levels() {
    #expect(PluginLog(environment: [:]).threshold == nil)
    #expect(PluginLog(environment: ["TF_LOG": "WARN"]).threshold == .warn)
    #expect(PluginLog(environment: ["TF_LOG": "WARN", "TF_LOG_PROVIDER": "debug"]).threshold == .debug)
    #expect(PluginLog(environment: ["TF_LOG": "OFF"]).threshold == nil)
    #expect(PluginLog(environment: ["TF_LOG": "1"]).threshold == .trace)
  }

  @Test("A line of the log is one line of JSON, and what is not logged is not built")
  func log() async {
    await confirmation("one line is written") { written in
      let log = PluginLog(environment: ["TF_LOG": "info"]) { line in
        written()
        #expect(line.hasPrefix(#"{"@level":"warn","@message":"a \"b\"\u000ac","@timestamp":""#))
        #expect(line.hasSuffix("Z\",\"key\":\"value\"}\n"))
      }
      log(.warn, "a \"b\"\nc", [("key", "value")])
      log(.debug, Self.neverBuilt())
    }
  }

  static func neverBuilt() -> String {
    Issue.record("built for a level that is not logged")
    return ""
  }
}
