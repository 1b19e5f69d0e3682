import SpaceModel
import Testing

@testable import State

/// Locks and journal records that several tests share.
enum Sample {
  static func id(_ text: String) throws -> SpaceID { try #require(SpaceID(text)) }

  /// Every member a record can have.
  static func fullRecord() throws -> LockRecord {
    var record = LockRecord(hubID: "66a0f1c2d3e4f5a6b7c8d9e0")
    record.settings = ["hardware": "t4-small", "sleep_time": "1h", "visibility": "private", "replicas": 2, "dev_mode": false]
    record.card = ["title": "Chat", "tags": ["llm", "demo"]]
    record.variables = [
      "LOG_LEVEL": RecordedVariable(value: "info"),
      "MODEL_ID": RecordedVariable(value: "acme/m", note: "which \"model\""),
    ]
    record.secrets = [
      "API_KEY": RecordedSecret(updatedAt: Timestamp("2026-07-21T10:00:00.123Z"), version: 3, fingerprint: "k:s:f"),
      "OTHER": RecordedSecret(updatedAt: nil),
    ]
    record.volumes = [
      Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true),
      Volume(kind: .model, source: "acme/m", mount: "/m", revision: "main", path: "weights"),
    ]
    record.content = RecordedContent(digest: "sha256:aa", commit: "c0ffee", live: "c0ffee")
    record.dependsOn = [try id("acme/backend"), try id("acme/api")]
    record.preventDestroy = true
    return record
  }

  static func fullLock() throws -> Lock {
    Lock(
      project: "demos", hub: "https://huggingface.co", revision: "0123456789abcdef",
      spaces: [try id("acme/chat"): try fullRecord(), try id("acme/backend"): LockRecord(hubID: "b")])
  }

  /// A lock with one bare record for each address.
  static func lock(_ addresses: String...) throws -> Lock {
    var lock = Lock(project: "demos", hub: "local")
    for address in addresses { lock.spaces[try id(address)] = LockRecord(hubID: "id of \(address)") }
    return lock
  }

  static func intent(_ name: String, space: String = "acme/chat", _ operation: Intent.Operation = .create) throws -> Intent {
    Intent(
      id: name, space: try id(space), operation: operation, details: ["keys": ["LOG_LEVEL"]],
      at: Timestamp(milliseconds: 1_784_628_000_123))
  }
}
