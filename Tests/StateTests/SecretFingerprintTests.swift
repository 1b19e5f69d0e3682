import Diagnostics
import SpaceModel
import Testing

@testable import State

@Suite("A secret's fingerprint") struct SecretFingerprintTests {
  static let keyText = "0123456789abcdef0123456789abcdef"

  @Test func `tells the same value from another, and only with its own key`() throws {
    let key = try LockKey(SecretFingerprintTests.keyText)
    let other = try LockKey("another key, at least 32 bytes long")
    let recorded = SecretFingerprint.text(name: "API_KEY", value: Secret("canary-value"), key: key)
    #expect(SecretFingerprint.compare(recorded, name: "API_KEY", value: Secret("canary-value"), key: key) == .same)
    #expect(SecretFingerprint.compare(recorded, name: "API_KEY", value: Secret("canary-valuf"), key: key) == .different)
    #expect(SecretFingerprint.compare(recorded, name: "OTHER", value: Secret("canary-value"), key: key) == .different)
    #expect(SecretFingerprint.compare(recorded, name: "API_KEY", value: Secret("canary-value"), key: other) == .notComparable)
  }

  @Test func `holds neither value nor key, and differs every time`() throws {
    let key = try LockKey(SecretFingerprintTests.keyText)
    let texts = (0..<10).map { _ in SecretFingerprint.text(name: "K", value: Secret("canary-value"), key: key) }
    #expect(Set(texts).count == 10)
    for text in texts {
      #expect(!text.contains("canary") && !text.contains(SecretFingerprintTests.keyText))
      #expect(text.split(separator: ":").map(\.utf8.count) == [8, 32, 64])
    }
  }

  @Test func `is HMAC-SHA-256 over name, salt and value`() throws {
    // printf 'API_KEYsaltvalue' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    let key = try LockKey(SecretFingerprintTests.keyText)
    let text = SecretFingerprint.text(name: "API_KEY", value: Secret("value"), key: key, salt: "salt")
    #expect(text == "01648c52:salt:22f948d24f45fdd1af498366ee1e8572602d1ac6d78b26b8843a51339c3856a6")
  }

  @Test(arguments: ["", "x", "a:b", "a:b:c:d", "::"]) func `that is none is not comparable`(recorded: String) throws {
    let key = try LockKey(SecretFingerprintTests.keyText)
    #expect(SecretFingerprint.compare(recorded, name: "K", value: Secret("v"), key: key) == .notComparable)
    #expect(SecretFingerprint.compare("\(key.id):\(recorded)", name: "K", value: Secret("v"), key: key) == .notComparable)
  }

  @Test(arguments: ["", "short", String(repeating: "k", count: 31)]) func `with a key that is too short is refused`(
    text: String
  ) {
    let failure = #expect(throws: Failure.self) { try LockKey(text) }
    #expect(failure?.problem.contains("at least 32") == true)
    #expect(text.isEmpty || failure?.problem.contains(text) == false)
  }

  @Test func `does not show its key when printed, dumped or reflected`() throws {
    let key = try LockKey(SecretFingerprintTests.keyText)
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])", "\(Optional(key) as Any)"] {
      #expect(!text.contains("0123456789abcdef"))
      #expect(!text.contains("[48, 49"))
    }
  }
}
