import Foundation

/// LFS objects' bytes: in memory, or as files named by their SHA-256 in the state folder.
final class ObjectStore: Sendable {
  private let folder: String?
  private let memory = Locked<[String: [UInt8]]>([:])

  /// - Parameter folder: an existing folder; nil keeps everything in memory.
  init(folder: String?) { self.folder = folder }

  func read(_ id: String) -> [UInt8]? {
    guard let folder else { return memory.withLock { $0[id] } }
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(id)") else { return nil }
    return Array(data)
  }

  func write(_ bytes: [UInt8], _ id: String) throws {
    guard let folder else {
      memory.withLock { $0[id] = bytes }
      return
    }
    try FileReplacement.write(bytes, to: "\(folder)/\(id)")
  }
}
