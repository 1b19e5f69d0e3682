import Crypto
import NIOSSL

@testable import PluginHost

/// A throw-away certificate like Terraform's own: self-signed, of the curve P-521.
struct ClientCertificate {
  let pem: String
  private let der: [UInt8]
  private let privateKey: [UInt8]

  init() throws {
    let key = P521.Signing.PrivateKey()
    let signedWith = DER.sequence(DER.identifier(1, 2, 840, 10045, 4, 3, 4))
    let name = DER.sequence(DER.set(DER.sequence(DER.identifier(2, 5, 4, 3), DER.text("localhost"))))
    let isAuthority = DER.sequence(DER.identifier(2, 5, 29, 19), DER.yes, DER.octets(DER.sequence(DER.yes)))
    let now = WallClock.now().seconds
    let content = DER.sequence(
      DER.tagged(0xa0, DER.integer([2])), DER.integer([1]), signedWith, name,
      DER.sequence(ServerCertificate.time(now - 60), ServerCertificate.time(now + 86_400)), name,
      Array(key.publicKey.derRepresentation), DER.tagged(0xa3, DER.sequence(isAuthority)))
    der = DER.sequence(content, signedWith, DER.bits(Array(try key.signature(for: content).derRepresentation)))
    privateKey = Array(key.derRepresentation)
    var text = Base64.unpadded(der)
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    var lines = ["-----BEGIN CERTIFICATE-----"]
    while !text.isEmpty {
      lines.append(String(text.prefix(64)))
      text.removeFirst(min(64, text.count))
    }
    pem = (lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
  }

  /// As Terraform connects: with this certificate, believing the one of the handshake line alone.
  static func context(_ own: ClientCertificate?, server field: String) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    let padding = String(repeating: "=", count: (4 - field.count % 4) % 4)
    let pem = "-----BEGIN CERTIFICATE-----\n\(field)\(padding)\n-----END CERTIFICATE-----\n"
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
    configuration.applicationProtocols = ["h2"]
    if let own {
      configuration.certificateChain = [.certificate(try NIOSSLCertificate(bytes: own.der, format: .der))]
      configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: own.privateKey, format: .der))
      configuration.signingSignatureAlgorithms = [.ecdsaSecp521R1Sha512]
    }
    return try NIOSSLContext(configuration: configuration)
  }
}
