import CtyCore
import SpaceModel
import State

/// What is remembered of a Space beside Terraform's state: the record that a lock has of it, in a lock's form.
struct SpaceMemory {
  /// Where the record has it.
  var address: SpaceID
  var record: LockRecord

  init(address: SpaceID, record: LockRecord) {
    self.address = address
    self.record = record
  }

  /// Nil for what was just imported, and for what cannot be read: the Space is then taken over as it is.
  init?(_ bytes: [UInt8]) {
    guard let lock = try? LockCodec.parse(bytes, file: "private state"), let (address, record) = lock.spaces.first else {
      return nil
    }
    self.init(address: address, record: record)
  }

  func bytes(endpoint: String) -> [UInt8] { Array(LockCodec.text(lock(endpoint: endpoint)).utf8) }

  func lock(endpoint: String) -> Lock { Self.lock([address: record], endpoint: endpoint) }

  static func lock(_ spaces: [SpaceID: LockRecord], endpoint: String) -> Lock {
    Lock(project: "terraform", hub: Lock.hubName(forEndpoint: endpoint), spaces: spaces)
  }

  /// When the Hub took the value of each secret, as an attribute; null without any.
  var secretTimes: CtyValue { Self.secretTimes(record.secrets.mapValues(\.updatedAt)) }

  static func secretTimes(_ times: [String: Timestamp?]) -> CtyValue {
    times.isEmpty ? .null : .fields(times.mapValues { .string($0?.description ?? "unknown") })
  }
}
