import CtyCore
import SpaceModel
import State

/// The values of a Space's secrets, from its configuration; nothing of them can be printed.
struct SpaceSecrets: Sendable {
  /// By name; what is unknown is left out.
  let values: [String: Secret]

  init(_ secrets: CtyValue) {
    values = (secrets.attributes ?? [:]).compactMapValues { $0.stringValue.map { Secret($0) } }
  }

  /// Those that are another value than the one last written, as far as fingerprints tell.
  func changed(since recorded: [String: RecordedSecret], key: LockKey?) -> Set<String> {
    guard let key else { return [] }
    return Set(
      values.filter { name, value in
        recorded[name]?.fingerprint.map {
          SecretFingerprint.compare($0, name: name, value: value, key: key) == .different
        } ?? false
      }.keys)
  }

  static func fingerprint(_ name: String, _ value: Secret, key: LockKey?) -> String? {
    key.map { SecretFingerprint.text(name: name, value: value, key: $0) }
  }
}
