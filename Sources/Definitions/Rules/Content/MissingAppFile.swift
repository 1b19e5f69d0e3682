import Diagnostics
import Files
import SpaceModel

extension Rule {
  static let missingAppFile: Rule = Rule(
    "SF304",
    summary: "The file that the Hub runs or shows is not among the Space's files.",
    explanation: """
      A Gradio Space runs `app.py`, and a static Space shows `index.html`, when the card's `app_file` names no other. Without \
      the file the Space ends in the stage NO_APP_FILE, or answers 404. A static Space with `app_build_command` builds its \
      page first, and is passed by.
      """,
    failing: RuleExample(
      "name: chat\nsdk: gradio\nsource: { path: apps/chat }\ncard: { app_file: ap.py }\n",
      also: ["apps/chat/app.py": "import gradio\n"]),
    passing: RuleExample(
      "name: chat\nsdk: gradio\nsource: { path: apps/chat }\ncard: { app_file: app.py, \(RuleExample.look) }\n",
      also: ["apps/chat/app.py": "import gradio\n"]),
    check: .app { files, space, _ in
      guard space.hasOnlySource, !files.files.isEmpty, let app = AppFile(space), files[app.path] == nil,
        let span = (app.place ?? space.sourcePath?.place)?.value
      else { return [] }
      let folder = files.folder == "." ? "the source folder" : files.folder
      return [
        Rule.missingAppFile.finding(
          app.place == nil
            ? "a \(space.resolvedSDK) Space \(space.isStatic ? "shows" : "runs") `\(app.path)`, which is not in \(folder)"
            : "`\(app.path)` is not in \(folder)",
          help: advice(app, space, files), at: span)
      ]
    })

  private static func advice(_ app: AppFile, _ space: SpaceDraft, _ files: AppFiles) -> String {
    let suffixes = space.isStatic ? [".html", ".htm"] : [".py"]
    let candidates = files.files.map(\.path).filter { path in suffixes.contains { path.hasSuffix($0) } }
    if let near = Suggestion.nearest(to: app.path, among: candidates) {
      return app.place == nil
        ? "Rename `\(near)` to `\(app.path)`, or write `app_file: \(near)` in `card`." : "Did you mean `\(near)`?"
    }
    // Of a few files it is the one that looks like an app; more of them are not read for a guess.
    let likely = candidates.filter { !$0.contains("/") }.prefix(8).filter { path in
      space.isStatic || files.text(path).map(AppFile.usesGradio) ?? false
    }
    if likely.count == 1 { return "Write `app_file: \(likely[0])` in `card` if that is the app." }
    return "Add the file, or name the right one with `app_file` in `card`."
  }
}
