import CtyCore
import Diagnostics
import Locking
import ProviderKit
import SpaceModel
import State

/// The state of one change, in memory: Terraform keeps what comes of it. Knows what was begun last, and so which attribute a failure
/// is about.
final class ChangeSession: StateSession {
  let base: Lock?
  var inherited: OpenJournal? { nil }
  private let last = Locked<Intent?>(nil)

  init(base: Lock) { self.base = base }

  func record(_ intent: Intent) throws(Failure) { last.withLock { $0 = intent } }

  func record(_ outcome: Outcome) throws(Failure) {
    guard outcome.status == .done else { return }
    last.withLock { if $0?.id == outcome.intent { $0 = nil } }
  }

  func save(_ lock: Lock) throws(Failure) {}
  func close(settled: Bool) throws(Failure) {}

  /// The attribute that the write is about that was begun and not done; nil when all were.
  var path: CtyPath? {
    guard let intent = last.withLock({ $0 }) else { return nil }
    let key = intent.details["key"]?.stringValue
    func at(_ name: String) -> CtyPath { .attribute(name) }
    return switch intent.operation {
    case .create, .delete, .move: at("name")
    case .visibility: at("visibility")
    case .resourceGroup: at("resource_group")
    case .hardware: at("hardware")
    case .sleepTime: at("sleep_time")
    case .replicas: at("replicas")
    case .devMode: at("dev_mode")
    case .setVariable: key.map { at("variables").key($0) } ?? at("variables")
    case .deleteVariable: at("variables")
    case .setSecret, .deleteSecret: at("secrets")
    case .volumes: at("volumes")
    case .commit: at("source")
    }
  }
}
