import Content
import Diagnostics
import Files

/// The files that the Hub's build of a Space can copy from.
struct BuildContext {
  private let files: AppFiles
  private let ignore: DockerIgnore

  /// Nil when what the build sees cannot be told.
  init?(_ files: AppFiles) {
    self.files = files
    ignore = DockerIgnore((files.text(Dockerfile.name + ".dockerignore") ?? files.text(".dockerignore"))?.string ?? "")
    if ignore.isUncertain { return nil }
  }

  /// Files that are there whatever the source holds: the README is composed, and the Hub adds attributes of its own.
  private static let always: Set<String> = ["README.md", ".gitattributes"]

  /// Why a path leads to nothing; nil when it leads to something.
  /// - Parameter path: in its normal form.
  func problem(_ path: String) -> (problem: String, help: String)? {
    if path == "." || BuildContext.always.contains(path) { return nil }
    let below = files.below(path)
    if below.contains(where: { !ignore.leavesOut($0.path) }) { return nil }
    if !below.isEmpty {
      return ("`.dockerignore` leaves it out", "Take it back there with `!\(path)`, or do not copy it.")
    }
    if PublishedFiles.isNeverPublished(path) {
      return (
        "no Space ever gets it", "Declare its values under `variables` and `secrets`; the app reads them from its environment."
      )
    }
    if files.leftOut.contains(where: { ProjectPath.contains(path, $0) }) {
      return ("`source.ignore` leaves it out", "Remove the pattern from `source.ignore`, or do not copy the file.")
    }
    return ("the Space has no such file", advice(path))
  }

  private func advice(_ path: String) -> String {
    let paths = files.files.map(\.path)
    var known = Set(paths)
    for path in paths {
      var folder = ProjectPath.folder(of: path)
      while folder != ".", known.insert(folder).inserted { folder = ProjectPath.folder(of: folder) }
    }
    let name = ProjectPath.name(of: path)
    let elsewhere = known.filter { ProjectPath.name(of: $0) == name }
    if elsewhere.count == 1, let only = elsewhere.first { return "Did you mean `\(only)`?" }
    return Suggestion.advice(
      for: path, among: known.sorted(),
      otherwise:
        "Paths are relative to \(files.folder == "." ? "the project folder" : files.folder); in git, ignored files do not count."
    )
  }
}
