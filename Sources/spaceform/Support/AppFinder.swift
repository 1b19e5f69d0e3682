import Content
import Diagnostics
import Files
import SpaceModel

/// A folder that holds an app, and how it was recognised.
struct FoundApp: Hashable, Sendable {
  /// Relative to the folder that was searched; `.` for that folder itself.
  var folder: String
  var sdk: SDK
  var reason: String
  /// The folder's own README declares `sdk`: certain, where a lone Dockerfile may be something else.
  var isDeclared: Bool
  /// The README's front matter; empty when there is none.
  var frontMatter: [String: JSONValue]
  /// The port a Dockerfile exposes.
  var port: Int?
}

/// Finds the Space apps in a tree of files: by README front matter, Dockerfile, Gradio app or web page.
struct AppFinder {
  private let tree: any SourceTree

  init(_ tree: any SourceTree) { self.tree = tree }

  /// Sorted by folder. A folder inside an app is part of it.
  func apps() throws(Failure) -> [FoundApp] {
    var names: [String: Set<String>] = [:]
    for file in try tree.files(under: ".") where !file.isSymbolicLink {
      let folder = ProjectPath.folder(of: file.path)
      guard !Self.isSkipped(folder) else { continue }
      names[folder, default: []].insert(ProjectPath.name(of: file.path))
    }
    var found: [FoundApp] = []
    for (folder, files) in names.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      if let app = try app(in: folder, files) { found.append(app) }
    }
    return Self.outermost(found)
  }

  private func app(in folder: String, _ files: Set<String>) throws(Failure) -> FoundApp? {
    func path(_ name: String) -> String { folder == "." ? name : "\(folder)/\(name)" }
    var frontMatter: [String: JSONValue] = [:]
    if files.contains("README.md"), let bytes = try tree.read(path("README.md")) {
      frontMatter = ReadmeParser.parse(String(decoding: bytes, as: UTF8.self))?.frontMatter ?? [:]
    }
    func found(_ sdk: SDK, _ reason: String, isDeclared: Bool = false) -> FoundApp {
      FoundApp(folder: folder, sdk: sdk, reason: reason, isDeclared: isDeclared, frontMatter: frontMatter)
    }
    let dockerfile = files.contains("Dockerfile") ? try tree.read(path("Dockerfile")) : nil
    if let sdk = frontMatter["sdk"]?.stringValue {
      var app = found(SDK(rawValue: sdk), "README.md says sdk: \(sdk)", isDeclared: true)
      if sdk == SDK.docker.rawValue { app.port = dockerfile.flatMap(Self.exposedPort) }
      return app
    }
    if let dockerfile {
      var app = found(.docker, "it has a Dockerfile")
      app.port = Self.exposedPort(dockerfile)
      return app
    }
    if files.contains("app.py"), let bytes = try tree.read(path("app.py")), Self.importsGradio(bytes) {
      return found(.gradio, "app.py imports gradio")
    }
    return files.contains("index.html") ? found(.static, "it has an index.html") : nil
  }

  /// Without the folders inside apps. The searched folder itself counts only by its README, or when nothing else is found: a
  /// Dockerfile at the top of a repository is often about something else.
  private static func outermost(_ apps: [FoundApp]) -> [FoundApp] {
    if let top = apps.first(where: { $0.folder == "." }) {
      if top.isDeclared || apps.count == 1 { return [top] }
    }
    var kept: [FoundApp] = []
    for app in apps where app.folder != "." {
      if let last = kept.last, app.folder.hasPrefix(last.folder + "/") { continue }
      if kept.contains(where: { app.folder.hasPrefix($0.folder + "/") }) { continue }
      kept.append(app)
    }
    return kept
  }

  private static func isSkipped(_ folder: String) -> Bool {
    folder != "."
      && folder.split(separator: "/").contains { segment in
        segment.hasPrefix(".") || ["node_modules", "venv", "site-packages", "__pycache__"].contains(segment)
      }
  }

  static func importsGradio(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
      let words = line.split { $0.isWhitespace || $0 == "," || $0 == "." }
      guard let first = words.first else { return false }
      return first == "from" ? words.dropFirst().first == "gradio" : first == "import" && words.contains("gradio")
    }
  }

  /// The port of the last `EXPOSE` with a plain number, as the last one stands for the image that runs.
  static func exposedPort(_ bytes: [UInt8]) -> Int? {
    var port: Int?
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.first?.uppercased() == "EXPOSE", let text = words.dropFirst().first?.split(separator: "/").first,
        let number = Int(text), (1...65_535).contains(number)
      else { continue }
      port = number
    }
    return port
  }
}
