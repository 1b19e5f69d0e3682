import SpaceModel

/// `preview` of a project file, and where each name in it stands.
struct PreviewPlaces: Sendable {
  let secrets: [Placed<String>]
  let volumes: [Placed<String>]
  let value: PreviewDeclaration

  init(_ preview: Layered?) {
    secrets = preview?.texts("secrets") ?? []
    volumes = preview?.texts("volumes") ?? []
    value = PreviewDeclaration(
      secrets: Set(secrets.map(\.value)), volumes: Set(volumes.map(\.value)),
      timeToLive: (preview?.text("ttl")).flatMap { TimeSpan($0.value) } ?? PreviewDeclaration.defaultTimeToLive)
  }
}
