import Diagnostics
import Files
import Platform
import Reports
import SpaceModel

/// The files a new project begins with.
struct Scaffold {
  let projectName: String
  let owner: String
  /// Whether the state is on a branch from the beginning, as a pipeline needs it.
  var hasPipeline = false

  var projectFile: String {
    DefinitionText.text(
      comment: EditorSchemas.modelines(.project, for: ProjectFolder.fileName) + [
        "A project of Hugging Face Spaces: each Space is one file in spaces/.",
        "`spaceform validate` checks it, `spaceform plan` shows what would be done, `spaceform apply` does it.",
      ],
      [("version", 1), ("project", .string(projectName)), ("owner", .string(owner))]
        + (hasPipeline ? [("state", ["store": "git"])] : []))
        + """

        # What every Space gets that does not say otherwise:
        # defaults:
        #   sleep_time: 1h       # falls on paid hardware only

        # Rules that `validate` and `plan` hold every Space to:
        # policy:
        #   allowed_hardware: [cpu-basic, cpu-upgrade]
        #   max_monthly_usd: 100

        """
  }

  /// The definition of an app that was found.
  /// - Parameter file: where it goes, relative to the project folder.
  static func definition(_ app: FoundApp, name: String, file: String) -> String {
    var members: [(String, JSONValue)] = [("name", .string(name)), ("sdk", .string(app.sdk.rawValue))]
    if app.sdk != .static { members.append(("hardware", .string(Flavour.cpuBasic.rawValue))) }
    members.append(("visibility", .string(Visibility.private.rawValue)))
    members.append(("source", ["path": .string(app.folder)]))
    var card: [String: JSONValue] = [:]
    if app.frontMatter["title"] == nil { card["title"] = .string(title(name)) }
    // Without this the Hub looks for the app on port 7860.
    if let port = app.port, port != 7860, app.frontMatter["app_port"] == nil { card["app_port"] = .int(port) }
    if !card.isEmpty { members.append(("card", .object(card))) }
    return DefinitionText.text(
      comment: EditorSchemas.modelines(.space, for: file) + ["Written by `spaceform init`, because \(app.reason)."], members)
  }

  /// `text-to-speech` as people write it: `Text to speech`.
  private static func title(_ name: String) -> String {
    let words = name.split { "-_.".contains($0) }.joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  // MARK: The example of an empty folder

  static let exampleFolder = "apps/hello"

  /// - Parameter file: where it goes, relative to the project folder.
  static func exampleDefinition(file: String) -> String {
    EditorSchemas.modelines(.space, for: file).map { "# \($0)\n" }.joined() + exampleText
  }

  private static let exampleText = """
    # One Space. Its address is owner/name, with the owner of spaceform.yaml unless `owner` stands here.
    name: hello
    sdk: static             # docker, gradio or static
    visibility: private     # public, private or protected
    source:
      path: apps/hello      # the Space's files
    card:                   # what the Space's page shows; laid over the README in `source`
      title: Hello
      emoji: 👋
      color_from: blue
      color_to: indigo

    # A Space that runs, docker or gradio, can have more:
    # hardware: cpu-basic   # `spaceform hardware` lists all, with prices
    # sleep_time: 1h        # on paid hardware
    # variables:
    #   LOG_LEVEL: info
    # secrets:
    #   API_KEY: { env: API_KEY }   # where the value comes from when apply runs; never the value

    """

  static let examplePage = """
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Hello</title>
        <style>
          body { margin: 20vh auto; max-width: 32rem; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; }
        </style>
      </head>
      <body>
        <h1>Hello</h1>
        <p>This page is a Space, and the Space is code: edit <code>apps/hello/index.html</code> and run
          <code>spaceform apply</code>.</p>
      </body>
    </html>

    """
}
