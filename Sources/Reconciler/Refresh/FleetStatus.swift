import Diagnostics
import HubAPI
import SpaceModel
import State

/// Where every Space of a lock stands on the Hub.
public struct FleetStatus: Sendable, Hashable {
  public struct Space: Sendable, Hashable {
    public var address: SpaceID
    /// Nil: not on the Hub, as far as this token sees.
    public var info: SpaceInfo?
    public var recorded: RecordedContent?
  }

  public var spaces: [Space]

  public init(spaces: [Space]) { self.spaces = spaces }

  /// Every Space is there and none is in an error stage.
  public var isHealthy: Bool {
    spaces.allSatisfy { space in space.info.map { $0.runtime?.stage.isError != true } ?? false }
  }

  /// One list call for each namespace and page.
  public static func read(_ lock: Lock, _ hub: any HubAPI) async throws(Failure) -> FleetStatus {
    var seen: [SpaceID: SpaceInfo] = [:]
    for owner in Set(lock.spaces.keys.map(\.owner)).sorted() {
      do throws(HubError) {
        for info in try await hub.spaces(ownedBy: owner, among: lock.spaces.keys) { seen[info.address] = info }
      } catch {
        throw error.failure(doing: "listing the Spaces of \(owner)")
      }
    }
    return FleetStatus(
      spaces: lock.spaces.sorted { $0.key < $1.key }.map { address, record in
        Space(address: address, info: seen[address], recorded: record.content)
      })
  }

  public var json: JSONValue {
    [
      "format_version": 1,
      "spaces": .array(
        spaces.map { space in
          let runtime = space.info?.runtime
          return [
            "address": .string(space.address.description),
            "exists": .bool(space.info != nil),
            "stage": runtime.map { .string($0.stage.rawValue) } ?? .null,
            "error": runtime?.errorMessage.map(JSONValue.string) ?? .null,
            "hardware": runtime?.hardware.current.map { .string($0.rawValue) } ?? .null,
            "requested_hardware": runtime?.hardware.requested.map { .string($0.rawValue) } ?? .null,
            "head": space.info?.sha.map(JSONValue.string) ?? .null,
            "running_commit": runtime?.sha.map(JSONValue.string) ?? .null,
            "recorded_commit": space.recorded.map { .string($0.commit) } ?? .null,
          ]
        }),
    ]
  }
}
