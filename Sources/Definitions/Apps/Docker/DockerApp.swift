import Diagnostics
import SpaceModel

/// A Docker Space's Dockerfile with all that rules ask of it.
struct DockerApp {
  let dockerfile: Dockerfile
  let steps: [BuildStep]
  let command: StartCommand?
  let listening: Listening?
  /// The port the Hub calls; nil when the card gives one that cannot be.
  let port: Int?
  /// Where the card says it.
  let portPlace: Place?

  static let standardPort = 7860

  /// Nil when the Space is not built from a Dockerfile that is there and says what it is built from.
  init?(_ files: AppFiles, _ space: SpaceDraft) {
    guard space.resolvedSDK == .docker, let dockerfile = files.dockerfile(), !dockerfile.stages.isEmpty else { return nil }
    self.dockerfile = dockerfile
    steps = dockerfile.steps(ofSpace: Set(space.variables.map(\.key) + space.secrets.map(\.key)))
    let hasProxy = ["nginx.conf", "Caddyfile", "supervisord.conf"].contains { name in
      files.files.contains { $0.path == name || $0.path.hasSuffix("/" + name) }
    }
    command = hasProxy ? nil : StartCommand(dockerfile, steps: steps)
    listening = command.flatMap { command in
      Listening(command) { name in files.files.contains { $0.path == name || $0.path.hasSuffix("/" + name) } }
    }
    let member = space.card["app_port"]
    port = member == nil ? DockerApp.standardPort : member?.json.intValue
    portPlace = member?.place
  }

  var text: SourceText { dockerfile.text }

  /// The card's `app_port`, to explain a finding by.
  var portReason: [RelatedSpan] {
    portPlace.map { [RelatedSpan(span: $0.value, message: "the Hub calls this port")] } ?? []
  }

  /// How the port came about, for a message.
  func called(_ port: Int) -> String {
    portPlace == nil ? "the Hub calls \(port), the default of `app_port`" : "the Hub calls \(port)"
  }

  /// The ports that EXPOSE names in what the container is made of; nil among them where one cannot be told.
  var exposed: [(ports: ClosedRange<Int>?, place: Range<Int>)] {
    var stages: Set<Int> = []
    var next = dockerfile.stages.indices.last
    while let stage = next {
      stages.insert(stage)
      next = dockerfile.stages[stage].baseStage
    }
    return steps.filter { stages.contains($0.stage) && $0.instruction.keyword == "EXPOSE" }.flatMap { step in
      step.instruction.words.map { word in (word.resolved(step.variables).flatMap(DockerApp.ports), word.range) }
    }
  }

  /// `7860`, `7860/tcp`, `7000-8000`.
  private static func ports(_ text: String) -> ClosedRange<Int>? {
    let numbers = text.prefix { $0 != "/" }.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count <= 2, let first = numbers[0], let last = numbers[numbers.count - 1], first <= last else { return nil }
    return first...last
  }

  /// The last value of a variable in the image, when the Dockerfile says it and the Space does not.
  func variable(_ name: String) -> DockerVariables.Value? {
    StartInstructions(dockerfile, steps).flatMap { ($0.command ?? $0.entry)?.variables.value(of: name) }
  }
}
