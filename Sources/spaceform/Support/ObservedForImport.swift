import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import State

/// Everything an import reads of one Space.
struct ObservedForImport: Sendable {
  let info: SpaceInfo
  let variables: [String: LiveVariable]
  let secrets: [String: LiveSecret]
  let volumes: [Volume]
  /// Volumes of a kind this version does not know: they stay, unmanaged.
  let hasUnknownVolumes: Bool

  var address: SpaceID { info.address }
  var runtime: SpaceRuntime? { info.runtime }

  static func read(_ address: SpaceID, _ hub: any HubAPI) async throws(Failure) -> ObservedForImport {
    let doing = "reading \(address)"
    do throws(HubError) {
      var info = try await hub.space(address)
      if info.address != address {
        throw HubError(kind: .moved(to: info.address.description), call: "GET /api/spaces/\(address)", message: "it was moved")
      }
      // The info call may leave out parts of the runtime, of which volumes are one.
      info.runtime = try await hub.runtime(of: address)
      let wire = info.runtime?.volumes ?? []
      return ObservedForImport(
        info: info, variables: try await hub.variables(of: address), secrets: try await hub.secrets(of: address),
        volumes: wire.compactMap(\.volume).sorted(), hasUnknownVolumes: wire.contains { $0.volume == nil })
    } catch {
      guard case .moved(let target) = error.kind, let target else { throw error.failure(doing: doing) }
      throw Failure(
        doing: doing, problem: "it was moved to \(target)", help: "Import it by that address: `spaceform import \(target)`")
    }
  }

  // MARK: Settings as definitions write them

  var sdk: SDK { info.sdk ?? .docker }

  /// What was asked for; a Space that sleeps or is being moved to other hardware has no other certain value.
  var hardware: Flavour? {
    sdk == .static ? nil : runtime?.hardware.requested ?? runtime?.hardware.current ?? .cpuBasic
  }

  /// Protected is not told apart from the flag where the Hub names no visibility (facts: hub-api section 10, question 3).
  var visibility: Visibility { info.visibility ?? (info.isPrivate == true ? .private : .public) }

  /// Everything observed that a definition can say, in the order it is written.
  var settings: [(String, JSONValue)] {
    var settings: [(String, JSONValue)] = []
    if let hardware { settings.append(("hardware", .string(hardware.rawValue))) }
    if hardware?.hasFixedSleep == false, let sleep = SleepTime(gcTimeout: runtime?.gcTimeout) {
      settings.append(("sleep_time", .string(sleep.description)))
    }
    settings.append(("visibility", .string(visibility.rawValue)))
    if let region = info.region, region != "us" { settings.append(("region", .string(region.rawValue))) }
    if let group = info.resourceGroup { settings.append(("resource_group", .string(group.id))) }
    if runtime?.devMode == true { settings.append(("dev_mode", true)) }
    if case .fixed(let count)? = runtime?.replicas?.requested, count > 1, hardware?.hasFixedSleep == false {
      settings.append(("replicas", .int(count)))
    }
    return settings
  }

  /// The value of one setting as the Hub has it; what it does not show has its value at creation.
  func value(of key: String) -> JSONValue? {
    if let (_, value) = settings.first(where: { $0.0 == key }) { return value }
    switch key {
    case "region": return info.region.map { .string($0.rawValue) }
    case "dev_mode": return runtime?.devMode.map(JSONValue.bool)
    case "replicas":
      if case .fixed(let count)? = runtime?.replicas?.requested { return .int(count) }
      return nil
    default: return nil
    }
  }

  /// The Space runs this commit and is well; otherwise the next apply verifies it.
  func isLive(at commit: String) -> Bool {
    guard let runtime, !runtime.stage.isTransitional, !runtime.stage.isError else { return false }
    return runtime.sha.map { $0 == commit } ?? true
  }
}
