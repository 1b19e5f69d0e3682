import Cryptography
import Diagnostics

/// The key of secret fingerprints, from `SPACEFORM_LOCK_KEY`. It cannot be printed, encoded or reflected by accident.
public struct LockKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says which key made a fingerprint, and nothing about the key: 8 hex digits.
  public let id: String

  private let bytes: [UInt8]

  public static let minimumLength = 32

  /// - Parameter text: the variable's value; at least 32 bytes.
  /// - Throws: a key that is too short, which is never quietly ignored.
  public init(_ text: String) throws(Failure) {
    bytes = Array(text.utf8)
    guard bytes.count >= LockKey.minimumLength else {
      throw Failure(
        doing: "reading SPACEFORM_LOCK_KEY",
        problem: "it has \(bytes.count) bytes, and a key needs at least \(LockKey.minimumLength)",
        help: "Make one with `openssl rand -hex 32`, keep it where your other secrets are, or unset the variable.")
    }
    id = String(Digest.hmacSHA256Hex(key: bytes, message: Array("spaceform lock key id".utf8)).prefix(8))
  }

  func authenticate(_ message: [UInt8]) -> String { Digest.hmacSHA256Hex(key: bytes, message: message) }

  public var description: String { "<lock key \(id)>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
