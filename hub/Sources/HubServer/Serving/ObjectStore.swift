import Foundation
import Locking

/// LFS objects' bytes: files named by their SHA-256 in the state folder, or, without one, small objects in memory and larger ones
/// in files that have no name. No object is ever in memory as a whole but the small ones.
final class ObjectStore: Sendable {
  private static let temporaryPrefix = "incoming-"

  private struct Kept: Sendable {
    var objects: [String: StoredObject] = [:]
    /// The parts of multipart uploads that have not been put together, by object.
    var parts: [String: [Int: ReceivedBody]] = [:]
  }

  private let folder: String?
  private let kept = Locked(Kept())

  /// - Parameter folder: an existing folder that nobody else uses; nil keeps objects for the life of the process only.
  init(folder: String?) {
    self.folder = folder
    guard let folder else { return }
    // What a killed process had not received to the end.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(ObjectStore.temporaryPrefix) {
      unlink("\(folder)/\(name)")
    }
  }

  /// An object's bytes; nil when it is not stored.
  func object(_ id: String) -> StoredObject? {
    if let object = kept.withLock({ $0.objects[id] }) { return object }
    guard let folder else { return nil }
    return StoredObject(path: "\(folder)/\(id)")
  }

  /// Somewhere for a body to go while it arrives.
  func receive() throws -> IncomingBody {
    let place = folder ?? FileManager.default.temporaryDirectory.path
    let name = ObjectStore.temporaryPrefix + UUID().uuidString.lowercased()
    return try IncomingBody(path: "\(place)/\(name)", keepsName: folder != nil)
  }

  /// Keeps a body that has arrived as the object of this id.
  func keep(_ body: ReceivedBody, as id: String) throws {
    if let folder {
      try body.rename(to: "\(folder)/\(id)")
    } else {
      let object = try StoredObject(body)
      kept.withLock { $0.objects[id] = object }
    }
  }

  /// Takes an object's bytes away; whoever is reading them reads to the end.
  func remove(_ id: String) {
    _ = kept.withLock { $0.objects.removeValue(forKey: id) }
    if let folder { unlink("\(folder)/\(id)") }
  }

  // MARK: Parts

  func keep(_ body: ReceivedBody, asPart number: Int, of id: String) {
    kept.withLock { $0.parts[id, default: [:]][number] = body }
  }

  /// Puts the parts of an object together, in this order. Nil when one of them is missing or is another.
  func assemble(_ id: String, _ named: [(number: Int, sha256: String)]) throws -> ReceivedBody? {
    let parts = kept.withLock { $0.parts[id] ?? [:] }
    let wanted = named.compactMap { name in parts[name.number].flatMap { $0.sha256 == name.sha256 ? $0 : nil } }
    guard wanted.count == named.count else { return nil }
    let whole = try receive()
    for part in wanted {
      let object = try StoredObject(part)
      var offset = 0
      while offset < object.size {
        let piece = try object.read(from: offset, upTo: StoredObject.pieceSize)
        try piece.withUnsafeBytes { try whole.append($0) }
        offset += piece.count
      }
    }
    return try whole.finish()
  }

  func forgetParts(of id: String) { kept.withLock { $0.parts[id] = nil } }
}
