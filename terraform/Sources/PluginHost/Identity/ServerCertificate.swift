import Crypto

/// The throw-away certificate of one plugin process: self-signed, P-256, for the host name `localhost` that Terraform verifies,
/// with the usages that go-plugin's own certificates have.
struct ServerCertificate {
  let der: [UInt8]
  let privateKeyDER: [UInt8]

  /// - Parameter now: seconds since 1970; the certificate holds from a day before to ten years after.
  init(now: Int) throws {
    let key = P256.Signing.PrivateKey()
    let signedWith = DER.sequence(DER.identifier(1, 2, 840, 10045, 4, 3, 2))
    let name = DER.sequence(DER.set(DER.sequence(DER.identifier(2, 5, 4, 3), DER.text("localhost"))))
    var serial = (0..<16).map { _ in UInt8.random(in: 0...255) }
    serial[0] = UInt8.random(in: 1...127)
    let extensions = DER.sequence(
      Self.extended(DER.identifier(2, 5, 29, 19), critical: true, DER.sequence(DER.yes)),
      // digitalSignature and keyCertSign.
      Self.extended(DER.identifier(2, 5, 29, 15), critical: true, [0x03, 0x02, 0x02, 0x84]),
      Self.extended(
        DER.identifier(2, 5, 29, 37), critical: false,
        DER.sequence(DER.identifier(1, 3, 6, 1, 5, 5, 7, 3, 1), DER.identifier(1, 3, 6, 1, 5, 5, 7, 3, 2))),
      Self.extended(
        DER.identifier(2, 5, 29, 17), critical: false, DER.sequence(DER.tagged(0x82, Array("localhost".utf8)))))
    let content = DER.sequence(
      DER.tagged(0xa0, DER.integer([2])), DER.integer(serial), signedWith, name,
      DER.sequence(Self.time(now - 86_400), Self.time(now + 3_650 * 86_400)), name, Array(key.publicKey.derRepresentation),
      DER.tagged(0xa3, extensions))
    let signature = try key.signature(for: content)
    der = DER.sequence(content, signedWith, DER.bits(Array(signature.derRepresentation)))
    privateKeyDER = Array(key.derRepresentation)
  }

  private static func extended(_ identifier: [UInt8], critical: Bool, _ content: [UInt8]) -> [UInt8] {
    DER.sequence(identifier, critical ? DER.yes : [], DER.octets(content))
  }

  /// A time in whole seconds since 1970; in the form for years before 2050, and in the general form from then on.
  static func time(_ seconds: Int) -> [UInt8] {
    let date = CivilTime(seconds: seconds)
    let rest = [date.month, date.day, date.hour, date.minute, date.second].map(CivilTime.twoDigits).joined() + "Z"
    if date.year < 2050 { return DER.tagged(0x17, Array((CivilTime.twoDigits(date.year % 100) + rest).utf8)) }
    return DER.tagged(0x18, Array((String(date.year) + rest).utf8))
  }
}
