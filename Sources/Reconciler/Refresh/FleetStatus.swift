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
    /// Where the recorded Space is, when it is not at its address.
    public var movedTo: SpaceID?

    public init(address: SpaceID, info: SpaceInfo?, recorded: RecordedContent?, movedTo: SpaceID? = nil) {
      self.address = address
      self.info = info
      self.recorded = recorded
      self.movedTo = movedTo
    }
  }

  public var spaces: [Space]
  /// What the prices are taken from.
  public var catalogue: HardwareCatalogue

  public init(spaces: [Space], catalogue: HardwareCatalogue = .published) {
    self.spaces = spaces
    self.catalogue = catalogue
  }

  /// Every Space is there and none is in an error stage.
  public var isHealthy: Bool {
    spaces.allSatisfy { space in space.info.map { $0.runtime?.stage.isError != true } ?? false }
  }

  /// One list call for each namespace and page, the namespaces side by side.
  /// - Parameters:
  ///   - lock: the Spaces that are known.
  ///   - hub: the Hub that is asked.
  ///   - addresses: the Spaces to show; nil for all of the lock.
  ///   - catalogue: the flavours and their prices.
  public static func read(
    _ lock: Lock, _ hub: any HubAPI, addresses: Set<SpaceID>? = nil, catalogue: HardwareCatalogue = .published
  ) async throws(Failure) -> FleetStatus {
    let records = lock.spaces.filter { addresses?.contains($0.key) ?? true }
    let wanted = Set(records.keys)
    let listings = await Refresher.list(Set(wanted.map(\.owner)), among: wanted, hub)
    var seen: [SpaceID: SpaceInfo] = [:]
    var places: [String: SpaceID] = [:]
    for (owner, listing) in listings.sorted(by: { $0.key < $1.key }) {
      switch listing {
      case .success(let infos):
        for info in infos {
          seen[info.address] = info
          places[info.hubID] = info.address
        }
      case .failure(let error): throw error.failure(doing: "listing the Spaces of \(owner)")
      }
    }
    return FleetStatus(
      spaces: records.sorted { $0.key < $1.key }.map { address, record in
        let place = places[record.hubID]
        return Space(
          address: address, info: seen[address], recorded: record.content, movedTo: place == address ? nil : place)
      }, catalogue: catalogue)
  }

  // MARK: Cost

  /// US dollars an hour right now: what runs is paid for, and building, sleeping and paused Spaces are not (facts hub-api section
  /// 7.1). Nil when the price is not known.
  public func hourlyNow(_ space: Space) -> Money? {
    guard let runtime = space.info?.runtime, runtime.stage.isBilled, let current = runtime.hardware.current else {
      return .zero
    }
    return catalogue[current]?.hourly.map { $0 * Double(max(1, runtime.replicas?.current ?? 1)) }
  }

  /// US dollars for a month of 730 hours on the hardware requested, without sleep; nothing for a paused Space. Nil when the price is not
  /// known.
  public func monthly(_ space: Space) -> Money? {
    guard let runtime = space.info?.runtime, runtime.stage != .paused else { return .zero }
    var replicas: Int?
    if case .fixed(let count)? = runtime.replicas?.requested { replicas = count }
    return catalogue.monthlyUpperBound(runtime.hardware.requested ?? runtime.hardware.current, replicas: replicas)
  }

  /// Sums of what is known.
  public var hourlyNow: Money { spaces.reduce(.zero) { $0 + (hourlyNow($1) ?? .zero) } }
  public var monthly: Money { spaces.reduce(.zero) { $0 + (monthly($1) ?? .zero) } }

  public var json: JSONValue {
    [
      "format_version": 1,
      "spaces": .array(
        spaces.map { space in
          let runtime = space.info?.runtime
          return [
            "address": .string(space.address.description),
            "exists": .bool(space.info != nil),
            "moved_to": space.movedTo.map { .string($0.description) } ?? .null,
            "stage": runtime.map { .string($0.stage.rawValue) } ?? .null,
            "error": runtime?.errorMessage.map(JSONValue.string) ?? .null,
            "hardware": runtime?.hardware.current.map { .string($0.rawValue) } ?? .null,
            "requested_hardware": runtime?.hardware.requested.map { .string($0.rawValue) } ?? .null,
            "usd_hour_now": hourlyNow(space).map { .double($0.usd) } ?? .null,
            "usd_month": monthly(space).map { .double($0.usd) } ?? .null,
            "head": space.info?.sha.map(JSONValue.string) ?? .null,
            "running_commit": runtime?.sha.map(JSONValue.string) ?? .null,
            "recorded_commit": space.recorded.map { .string($0.commit) } ?? .null,
          ]
        }),
      "totals": ["usd_hour_now": .double(hourlyNow.usd), "usd_month": .double(monthly.usd)],
    ]
  }
}

extension Stage {
  /// A machine runs for it. While a new image is built or starts beside a running app, that app's machine does.
  fileprivate var isBilled: Bool { [.running, .appStarting, .runningBuilding, .runningAppStarting].contains(self) }
}
