import Foundation
import HubSimulator
import SpaceModel

/// State on disk: `state.json`, replaced as a whole, and blobs and LFS objects as files named by their ids.
///
/// A change is on disk at most a quarter of a second after its answer; when saving takes longer than that, after ten times as
/// long. Secret values are not in it: the world has none.
final class StateFolder: Sendable {
  private static let format = 1
  private let path: String
  private let dirty = Locked(false)
  /// Held open, with the system's lock on it, for as long as this process owns the folder.
  private let lock: Locked<Int32>
  var objectsPath: String { "\(path)/objects" }
  private var blobsPath: String { "\(path)/blobs" }
  private var statePath: String { "\(path)/state.json" }

  private struct Saved: Codable {
    var version: Int
    var savedAt: Timestamp
    var world: World
  }

  private struct Version: Decodable { var version: Int }

  init(path: String) throws {
    self.path = path
    do {
      for folder in [path, "\(path)/objects", "\(path)/blobs"] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    } catch {
      throw ServeFailure(
        problem: "cannot make the state folder \(path): \(error.localizedDescription)",
        help: "Name a folder that you may write with --state.")
    }
    let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw ServeFailure(
        problem: "the state folder \(path) belongs to a spaceform-hub that is running",
        help: "Stop that one, or name another folder with --state.")
    }
    lock = Locked(descriptor)
  }

  deinit { release() }

  /// Lets another process have the folder.
  func release() {
    lock.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }

  /// The world as it was saved, nil when the folder is new.
  func load() throws -> (World, Timestamp)? {
    guard let data = FileManager.default.contents(atPath: statePath) else { return nil }
    let decoder = JSONDecoder()
    if let version = try? decoder.decode(Version.self, from: data), version.version != StateFolder.format {
      throw ServeFailure(
        problem: "\(statePath) has format \(version.version), and this program reads format \(StateFolder.format)",
        help: "Run the version of spaceform-hub that wrote it, or name another folder with --state.")
    }
    let saved: Saved
    do {
      saved = try decoder.decode(Saved.self, from: data)
    } catch {
      throw ServeFailure(
        problem: "\(statePath) is not a state this program wrote",
        help: "Restore the file, or move the folder away to begin with an empty Hub.")
    }
    var world = saved.world
    for name in (try? FileManager.default.contentsOfDirectory(atPath: blobsPath)) ?? [] {
      guard name.utf8.count == 40, let bytes = FileManager.default.contents(atPath: "\(blobsPath)/\(name)") else { continue }
      world.restore(blob: Array(bytes), id: name)
    }
    return (world, saved.savedAt)
  }

  func markDirty() { dirty.withLock { $0 = true } }

  /// Saves if there is something to save; how long that took.
  func saveIfNeeded(_ hub: Hub) throws -> Duration {
    guard
      dirty.withLock({ value in
        defer { value = false }
        return value
      })
    else { return .zero }
    let start = ContinuousClock.now
    let now = hub.clock.now
    let (world, blobs) = hub.core.withLock { core in
      let blobs = core.world.takeNewBlobs()
      return (core.world, blobs)
    }
    do {
      for (id, bytes) in blobs { try FileReplacement.write(bytes, to: "\(blobsPath)/\(id)") }
      let data = try JSONEncoder().encode(Saved(version: StateFolder.format, savedAt: now, world: world))
      try FileReplacement.write(data, to: statePath)
    } catch {
      hub.core.withLock { core in core.world.returnNewBlobs(Array(blobs.keys)) }
      markDirty()
      throw error
    }
    return ContinuousClock.now - start
  }

  /// Saves again and again until the task is cancelled, and once more then.
  func keepSaving(_ hub: Hub, complain: @Sendable (String) -> Void) async {
    var pause = Duration.milliseconds(250)
    while !Task.isCancelled {
      try? await Task.sleep(for: pause)
      do {
        pause = max(.milliseconds(250), try saveIfNeeded(hub) * 10)
      } catch {
        complain("cannot save the state in \(path): \(error.localizedDescription); trying again in 5 s")
        pause = .seconds(5)
      }
    }
    do { _ = try saveIfNeeded(hub) } catch {
      complain("the last changes are not saved in \(path): \(error.localizedDescription)")
    }
  }
}
