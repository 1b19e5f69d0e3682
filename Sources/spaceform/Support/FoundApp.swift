import Content
import Diagnostics
import Files
import SpaceModel

/// An app that was recognised, with what its files say that a definition should know.
struct FoundApp: Hashable, Sendable {
  /// Relative to the project folder; `.` for that folder itself.
  var folder: String
  var sdk: SDK
  var name: String
  /// How it was recognised, as half a sentence after "because".
  var reason: String
  /// Why it cannot be a Space as it is.
  var obstacle: String?
  /// What its README's front matter says already.
  var frontMatter: [String: JSONValue]
  /// The port its Dockerfile exposes.
  var port: Int?

  init(
    folder: String, sdk: SDK, name: String, reason: String, frontMatter: [String: JSONValue] = [:], port: Int? = nil
  ) {
    self.folder = folder
    self.sdk = sdk
    self.name = name
    self.reason = reason
    self.frontMatter = frontMatter
    self.port = port
  }

  init(_ app: RecognisedApp, in tree: any SourceTree) throws(Failure) {
    func read(_ name: String) throws(Failure) -> [UInt8]? {
      try tree.read(app.folder == "." ? name : "\(app.folder)/\(name)")
    }
    let readme = try read("README.md").flatMap { ReadmeParser.parse(String(decoding: $0, as: UTF8.self)) }
    self.init(
      folder: app.folder, sdk: app.sdk, name: app.suggestedName, reason: Self.reason(app),
      frontMatter: readme?.frontMatter ?? [:])
    if sdk == .docker {
      let dockerfile = try read("Dockerfile")
      port = dockerfile.flatMap(Self.exposedPort)
      if dockerfile == nil, case .pythonImport(let file) = app.evidence {
        obstacle = "\(ProjectPath.name(of: file)) uses streamlit, which the Hub runs only in Docker: add a Dockerfile"
      }
    }
    if !SDK.creatable.contains(sdk) {
      obstacle = "the Hub creates no \(sdk) Spaces: add a Dockerfile, and say sdk: docker in its README"
    }
  }

  private static func reason(_ app: RecognisedApp) -> String {
    switch app.evidence {
    case .readme: "its README says sdk: \(app.sdk)"
    case .dockerfile: "it has a Dockerfile"
    case .pythonImport(let file): "\(ProjectPath.name(of: file)) imports \(app.sdk == .gradio ? "gradio" : "streamlit")"
    case .indexPage: "it has an index.html"
    }
  }

  /// The port of the last `EXPOSE` with a plain number: the last one stands for the image that runs.
  static func exposedPort(_ dockerfile: [UInt8]) -> Int? {
    var port: Int?
    for line in String(decoding: dockerfile, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.first?.uppercased() == "EXPOSE", let text = words.dropFirst().first?.split(separator: "/").first,
        let number = Int(text), (1...65_535).contains(number)
      else { continue }
      port = number
    }
    return port
  }
}
