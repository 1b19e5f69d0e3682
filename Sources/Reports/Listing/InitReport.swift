import Console
import SpaceModel

/// What `init` found in a folder and what it wrote.
public struct InitReport: Hashable, Sendable {
  /// A folder that holds an app.
  public struct App: Hashable, Sendable {
    /// Relative to the project folder; `.` for that folder itself.
    public var folder: String
    public var sdk: SDK
    /// The Space's name.
    public var name: String
    /// What it was recognised by: `its README says sdk: gradio`.
    public var reason: String
    /// The definition file; nil when none was written.
    public var definition: String?
    /// Why no definition was written.
    public var skipped: String?

    public init(folder: String, sdk: SDK, name: String, reason: String) {
      self.folder = folder
      self.sdk = sdk
      self.name = name
      self.reason = reason
    }
  }

  /// As the user named it; `.` for the folder the command ran in.
  public var folder: String
  public var owner: String?
  public var apps: [App]
  /// Files written, relative to the project folder, in the order they were written.
  public var written: [String] = []
  /// Files that were there already and were left as they are.
  public var kept: [String] = []
  /// No app was found, so an example was written.
  public var wroteExample = false

  public init(folder: String, owner: String?, apps: [App]) {
    self.folder = folder
    self.owner = owner
    self.apps = apps
  }

  public var json: JSONValue {
    [
      "format_version": 1,
      "owner": owner.map(JSONValue.string) ?? .null,
      "apps": .array(
        apps.map { app in
          [
            "folder": .string(app.folder), "sdk": .string(app.sdk.rawValue), "name": .string(app.name),
            "reason": .string(app.reason), "definition": app.definition.map(JSONValue.string) ?? .null,
            "skipped": app.skipped.map(JSONValue.string) ?? .null,
          ]
        }),
      "written": .array(written.map(JSONValue.string)),
      "kept": .array(kept.map(JSONValue.string)),
      "example": .bool(wroteExample),
    ]
  }

  public func text(style: Style) -> String {
    var text = ""
    if apps.isEmpty {
      text += "No app was found: no README with `sdk:`, no Dockerfile, no app.py with Gradio, no index.html.\n"
    } else {
      var table = TextTable(["FOUND", "SDK", "BECAUSE", "DEFINITION"])
      for app in apps {
        table.add([
          Printable.text(app.folder), app.sdk.rawValue, Printable.text(app.reason),
          Printable.text(app.definition ?? app.skipped.map { "none: \($0)" } ?? "-"),
        ])
      }
      text += table.text { row, _, cell in row == 0 ? style.bold(cell) : cell }
    }
    text += "\n"
    for file in kept { text += "\(style.dim("kept"))   \(Printable.text(file))\n" }
    for file in written { text += "\(style.green("wrote"))  \(Printable.text(file))\n" }
    if written.isEmpty { text += "Nothing to write: everything found is defined already.\n" }
    if wroteExample { text += "\nThe example Space, hello, is free and works as it is; change it or delete it.\n" }
    let program = folder == "." ? "spaceform" : "spaceform -C \(folder)"
    text += "\nNext: `\(program) validate`, then `\(program) plan`.\n"
    return text
  }
}
