import Diagnostics
import Files
import SpaceModel

/// A folder that already is a Space's app: what `spaceform init` writes a definition for.
public struct RecognisedApp: Hashable, Sendable {
  public enum Evidence: Hashable, Sendable {
    /// A README whose front matter names an SDK: somebody meant it as a Space.
    case readme
    case dockerfile
    /// A Python file that imports gradio or streamlit.
    case pythonImport(file: String)
    case indexPage
  }

  /// Relative to the project folder; `.` for that folder itself.
  public var folder: String
  public var sdk: SDK
  /// Fit to be a Space's name, and different from every other app's.
  public var suggestedName: String
  public var evidence: Evidence
}

/// Finds the folders of a project that are Space apps.
///
/// A README that names an SDK is proof. A Dockerfile, `app.py` with gradio or streamlit, or `index.html` is a sign only: it counts
/// unless the folder is inside another app (a page's templates) or holds a proven one (a repository's own Dockerfile).
public enum AppRecogniser {
  /// The apps, sorted by folder.
  /// - Parameters:
  ///   - tree: the files of the project.
  ///   - projectName: what an app in the project folder itself is called.
  public static func spaces(in tree: any SourceTree, projectName: String) throws(Failure) -> [RecognisedApp] {
    var names: [String: Set<String>] = [:]
    for file in try tree.files(under: ".") where !isForeign(file.path) {
      names[ProjectPath.folder(of: file.path), default: []].insert(ProjectPath.name(of: file.path))
    }
    let folders = names.keys.sorted { FileListing.precedes($0, $1) }

    var proven: [String: SDK] = [:]
    for folder in folders where names[folder]?.contains("README.md") == true {
      guard let bytes = try tree.read(path(folder, "README.md")) else { continue }
      // A README that cannot be parsed proves nothing; validate reports it once the app has a definition.
      guard let sdk = ReadmeParser.parse(String(decoding: bytes, as: UTF8.self))?.frontMatter["sdk"]?.stringValue else {
        continue
      }
      proven[folder] = SDK(rawValue: sdk)
    }

    var apps: [(folder: String, sdk: SDK, evidence: RecognisedApp.Evidence)] = []
    // `.` first, then by bytes: a folder comes before what is inside it.
    for folder in folders.filter({ $0 == "." }) + folders.filter({ $0 != "." }) {
      if let sdk = proven[folder] {
        apps.append((folder, sdk, .readme))
      } else if !apps.contains(where: { ProjectPath.contains($0.folder, folder) }),
        !proven.keys.contains(where: { ProjectPath.contains(folder, $0) }),
        let sign = try sign(in: folder, names: names[folder] ?? [], tree)
      {
        apps.append((folder, sign.sdk, sign.evidence))
      }
    }
    return named(apps, projectName: projectName)
  }

  private static func sign(
    in folder: String, names: Set<String>, _ tree: any SourceTree
  ) throws(Failure) -> (sdk: SDK, evidence: RecognisedApp.Evidence)? {
    if names.contains("Dockerfile") { return (.docker, .dockerfile) }
    for name in ["app.py", "main.py", "streamlit_app.py"] where names.contains(name) {
      let file = path(folder, name)
      guard let bytes = try tree.read(file) else { continue }
      switch importedFramework(String(decoding: bytes, as: UTF8.self)) {
      case "gradio": return (.gradio, .pythonImport(file: file))
      // The Hub no longer creates Streamlit Spaces; such an app runs in Docker.
      case "streamlit": return (.docker, .pythonImport(file: file))
      default: continue
      }
    }
    return names.contains("index.html") ? (.static, .indexPage) : nil
  }

  /// `gradio` or `streamlit`, by the first `import` or `from` statement that names one.
  public static func importedFramework(_ python: String) -> String? {
    for line in python.split(whereSeparator: \.isNewline) {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "," }
      guard let first = words.first, first == "import" || first == "from" else { continue }
      let modules = first == "from" ? words.dropFirst().prefix(1) : words.dropFirst()
      for module in modules {
        let package = module.prefix { $0 != "." && $0 != ";" && $0 != "#" }
        if package == "gradio" || package == "streamlit" { return String(package) }
      }
    }
    return nil
  }

  /// Names from the folders' last segments; where two agree, from as many segments as tell them apart.
  private static func named(
    _ apps: [(folder: String, sdk: SDK, evidence: RecognisedApp.Evidence)], projectName: String
  ) -> [RecognisedApp] {
    var taken: Set<String> = []
    return apps.map { app in
      let segments = app.folder == "." ? [projectName] : ProjectPath.segments(app.folder[...]).map(String.init)
      var name = ""
      for length in 1...segments.count {
        name = spaceName(segments.suffix(length).joined(separator: "-"))
        if !taken.contains(name.lowercased()) { break }
      }
      var unique = name
      var number = 2
      while taken.contains(unique.lowercased()) {
        unique = "\(name.prefix(90))-\(number)"
        number += 1
      }
      taken.insert(unique.lowercased())
      return RecognisedApp(folder: app.folder, sdk: app.sdk, suggestedName: unique, evidence: app.evidence)
    }
  }

  /// The nearest name the Hub takes (facts hub-api section 5.3): other characters become one hyphen.
  static func spaceName(_ text: String) -> String {
    var name = ""
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || character == "_" {
        name.append(character)
      } else if !name.isEmpty, name.last != "-" {
        name.append("-")
      }
    }
    name = String(name.prefix(96))
    while name.last == "-" { name.removeLast() }
    return name.isEmpty ? "space" : name
  }

  private static func path(_ folder: String, _ name: String) -> String { folder == "." ? name : folder + "/" + name }

  /// Inside a folder that tools fill or hide, where other people's Dockerfiles and pages lie about.
  private static func isForeign(_ path: String) -> Bool {
    ProjectPath.segments(ProjectPath.folder(of: path)[...]).contains {
      ($0.hasPrefix(".") && $0 != ".") || $0 == "node_modules" || $0 == "venv" || $0 == "__pycache__"
    }
  }
}
