import Content
import Files
import SpaceModel

/// The file that the Hub runs or shows: `app_file` of the card, else the SDK's own name for it.
struct AppFile {
  /// As the Space would have it.
  let path: String
  /// Where the card says it; nil for the SDK's own name.
  let place: Place?

  /// Nil when the SDK has none, or the card's cannot be one.
  init?(_ space: SpaceDraft) {
    let standard: String? =
      switch space.resolvedSDK {
      case .gradio: "app.py"
      // What a build command makes is not among the files.
      case .static: space.card["app_build_command"] == nil ? "index.html" : nil
      default: nil
      }
    guard let standard else { return nil }
    if let member = space.card["app_file"] {
      guard let text = member.json.stringValue, let normal = ProjectPath.normal(text), normal != "." else { return nil }
      path = normal
      place = member.place
    } else {
      path = standard
      place = nil
    }
  }

  static func usesGradio(_ text: SourceText) -> Bool { AppRecogniser.importedFramework(text.string) == "gradio" }
}
