import Cryptography
import SpaceModel

/// Evidence that a secret's value is or is not the one last written, of no use to anyone without the key:
/// `keyid:salt:HMAC-SHA-256(key, name ‖ salt ‖ value)`.
public enum SecretFingerprint {
  public enum Comparison: Hashable, Sendable {
    case same, different
    /// Made with another key, or not a fingerprint this program knows: says nothing about a change.
    case notComparable
  }

  /// A fingerprint for the lock.
  /// - Parameters:
  ///   - name: the secret's name, so that one value under two names does not show.
  ///   - value: what is fingerprinted.
  ///   - key: `SPACEFORM_LOCK_KEY`.
  ///   - salt: 32 hex digits, new for every fingerprint.
  public static func text(
    name: String, value: Secret, key: LockKey, salt: String = RandomBytes.hex(count: 16)
  ) -> String {
    let code = value.reveal { key.authenticate(Array(name.utf8) + Array(salt.utf8) + Array($0.utf8)) }
    return "\(key.id):\(salt):\(code)"
  }

  /// Whether `value` is what the recorded fingerprint was made of.
  public static func compare(_ recorded: String, name: String, value: Secret, key: LockKey) -> Comparison {
    let parts = recorded.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == key.id, !parts[1].isEmpty, parts[2].utf8.count == 64 else { return .notComparable }
    return text(name: name, value: value, key: key, salt: parts[1]) == recorded ? .same : .different
  }
}
