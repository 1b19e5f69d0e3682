import SpaceModel
import YAML

/// An official template (facts hub-api section 2.14).
public struct Template: Hashable, Sendable {
  public var name: String
  public var repository: String
  public var sdk: SDK
  public var prefersPrivate: Bool

  public static let all = [
    Template(name: "JupyterLab", repository: "SpacesExamples/jupyterlab", sdk: .docker, prefersPrivate: true),
    Template(name: "Streamlit", repository: "SpacesExamples/streamlit", sdk: .docker, prefersPrivate: false),
    Template(name: "Gradio chatbot", repository: "SpacesExamples/gradio-chatbot", sdk: .gradio, prefersPrivate: false),
  ]

  static func find(_ repository: String, sdk: SDK) throws(Refusal) -> Template {
    guard let template = all.first(where: { $0.repository == repository }) else {
      throw .rejected("\"template\" \(repository) is not an official template")
    }
    guard template.sdk == sdk else { throw .rejected("template \(repository) needs sdk \(template.sdk)") }
    return template
  }
}

/// What the first commit of a new Space holds.
enum InitialFiles {
  /// `.gitattributes` and `README.md`; a page for static Spaces; an app for templates; the files of the request over these.
  static func files(for request: Creation, sdk: SDK, template: Template?) -> [(path: String, bytes: [UInt8])] {
    var files: [String: [UInt8]] = [
      ".gitattributes": Array(attributes.utf8),
      "README.md": Array(readme(for: request, sdk: sdk).utf8),
    ]
    if sdk == .static {
      files["index.html"] = Array(page(request.id.name).utf8)
      files["style.css"] = Array("body {\n\tfont-family: sans-serif;\n\tmargin: 2rem;\n}\n".utf8)
    }
    if let template {
      switch template.sdk {
      case .docker:
        files["Dockerfile"] = Array("FROM python:3.12-slim\nCMD [\"python\", \"-m\", \"http.server\", \"7860\"]\n".utf8)
      default:
        files["app.py"] = Array("import gradio as gr\n\ngr.Interface(lambda text: text, \"text\", \"text\").launch()\n".utf8)
      }
    }
    for file in request.files { files[file.path] = file.bytes }
    return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func readme(for request: Creation, sdk: SDK) -> String {
    let words = request.id.name.split { "-_.".contains($0) }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    // The two colours follow the name, so that a world made twice is the same.
    let seed = request.id.name.utf8.reduce(0) { $0 + Int($1) }
    var members: [(String, JSONValue)] = [
      ("title", .string(words.joined(separator: " "))),
      ("emoji", "🚀"),
      ("colorFrom", .string(Card.colors[seed % Card.colors.count])),
      ("colorTo", .string(Card.colors[(seed + 3) % Card.colors.count])),
      ("sdk", .string(sdk.rawValue)),
    ]
    if sdk == .gradio {
      members.append(("sdk_version", .string(request.sdkVersion ?? "6.1.0")))
      members.append(("app_file", "app.py"))
    }
    members.append(("pinned", false))
    if let license = request.license { members.append(("license", .string(license))) }
    if let text = request.shortDescription { members.append(("short_description", .string(text))) }
    return "---\n\(FrontMatterWriter.text(members))---\n\nThe keys above are described in the Hub's configuration reference.\n"
  }

  private static func page(_ name: String) -> String {
    """
    <!doctype html>
    <html>
    	<head>
    		<meta charset="utf-8" />
    		<meta name="viewport" content="width=device-width" />
    		<title>\(name)</title>
    		<link rel="stylesheet" href="style.css" />
    	</head>
    	<body>
    		<h1>\(name)</h1>
    	</body>
    </html>

    """
  }

  /// Kinds of file the Hub keeps as large objects from the first commit on.
  private static let largeKinds = [
    "7z", "arrow", "bin", "bz2", "ckpt", "ftz", "gz", "h5", "joblib", "lfs.*", "mlmodel", "model", "msgpack", "npy", "npz",
    "onnx", "ot", "parquet", "pb", "pickle", "pkl", "pt", "pth", "rar", "safetensors", "tar.*", "tar", "tflite", "tgz",
    "wasm", "xz", "zip", "zst",
  ]

  static let attributes =
    (largeKinds.map { "*.\($0)" } + ["saved_model/**/*", "*tfevents*"])
    .map { "\($0) filter=lfs diff=lfs merge=lfs -text\n" }.joined()
}
