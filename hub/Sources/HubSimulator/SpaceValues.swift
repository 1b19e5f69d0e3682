import HubAPI
import SpaceModel

// Spaces as the engine's own values: what the in-process door answers, equal to what the client reads off the wire.
extension Space {
  /// - Parameter inList: lists leave out what only a call for one Space shows.
  func info(inList: Bool, _ assumptions: Assumptions) -> SpaceInfo {
    var info = SpaceInfo(hubID: hubID, address: address)
    info.sha = repository.head
    info.isPrivate = visibility == .protected ? assumptions["protected-private"] == "true" : visibility == .private
    if !inList, assumptions["info-visibility"] == "yes" { info.visibility = visibility }
    info.disabled = false
    info.sdk = sdk
    info.subdomain = subdomain
    info.region = region
    info.resourceGroup = resourceGroup
    info.createdAt = createdAt
    info.lastModified = lastModified
    info.runtime = runtime(withVolumes: !inList || assumptions["list-volumes"] == "yes", assumptions)
    if !inList {
      info.host = host
      info.cardData = .object(card.data)
    }
    return info
  }

  func runtime(withVolumes: Bool, _ assumptions: Assumptions) -> SpaceRuntime {
    var runtime = SpaceRuntime(
      stage: life.stage, hardware: SpaceRuntime.Hardware(current: life.current, requested: life.requested))
    if isStatic {
      runtime.replicas = SpaceRuntime.Replicas(requested: .fixed(1), current: 1)
      return runtime
    }
    runtime.replicas = SpaceRuntime.Replicas(
      requested: life.requested == .zeroA10G ? .auto : .fixed(life.replicas),
      current: life.current == nil ? nil : life.replicas)
    runtime.devMode = life.devMode
    runtime.domains = [SpaceRuntime.Domain(domain: "\(subdomain).hf.space", stage: "READY")]
    runtime.gcTimeout = gcTimeout.flatMap { $0 == -1 && assumptions["never-sleeps"] == "null" ? nil : $0 }
    runtime.sha = life.deployed
    runtime.errorMessage = life.errorMessage
    if withVolumes, !volumes.isEmpty { runtime.volumes = volumes }
    return runtime
  }
}
