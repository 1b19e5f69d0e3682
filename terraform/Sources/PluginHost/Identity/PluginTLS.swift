import NIOSSL

/// Mutual TLS between Terraform and one plugin process: each side trusts the other's throw-away certificate and no other.
public struct PluginTLS {
  public let context: NIOSSLContext
  /// The server's certificate as the handshake line carries it: base64 without padding, which Go's decoder refuses.
  public let handshakeField: String

  /// - Parameter clientPEM: the value of `PLUGIN_CLIENT_CERT`.
  public init(clientPEM: String) throws {
    let certificate = try ServerCertificate(now: WallClock.now().seconds)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(try NIOSSLCertificate(bytes: certificate.der, format: .der))],
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: certificate.privateKeyDER, format: .der)))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2"]
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(clientPEM.utf8)))
    configuration.certificateVerification = .noHostnameVerification
    // Terraform's certificate is of the curve P-521, which BoringSSL does not offer unless told to.
    configuration.verifySignatureAlgorithms = [.ecdsaSecp521R1Sha512, .ecdsaSecp384R1Sha384, .ecdsaSecp256R1Sha256]
    context = try NIOSSLContext(configuration: configuration)
    handshakeField = Base64.unpadded(certificate.der)
  }
}
