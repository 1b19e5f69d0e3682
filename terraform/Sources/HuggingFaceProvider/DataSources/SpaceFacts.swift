import CtyCore
import HubAPI
import ProviderKit

/// What the data sources say about a Space.
enum SpaceFacts {
  static let attributes = [
    Attribute("id", .string, .computed, "The Space's address, `owner/name`."),
    Attribute("sdk", .string, .computed, "What the Space is made with; null when the Hub does not say."),
    Attribute("visibility", .string, .computed, "`public`, `private` or `protected`."),
    Attribute("stage", .string, .computed, "What the Space is doing, as the Hub says it."),
    Attribute("hardware", .string, .computed, "The hardware that was asked for."),
    Attribute("current_hardware", .string, .computed, "The hardware it runs on; null when it does not run."),
    Attribute("host", .string, .computed, "The bare host name of the app."),
    Attribute("commit", .string, .computed, "The last commit of its branch `main`."),
  ]

  static func values(_ info: SpaceInfo) -> [String: CtyValue] {
    let text = { (text: String?) in text.map(CtyValue.string) ?? .null }
    return [
      "id": .string(info.address.description), "sdk": text(info.sdk?.rawValue), "visibility": text(info.visibility?.rawValue),
      "stage": text(info.runtime?.stage.rawValue), "hardware": text(info.runtime?.hardware.requested?.rawValue),
      "current_hardware": text(info.runtime?.hardware.current?.rawValue),
      "host": text(info.host.map { $0.hasPrefix("https://") ? String($0.dropFirst(8)) : $0 }), "commit": text(info.sha),
    ]
  }
}
