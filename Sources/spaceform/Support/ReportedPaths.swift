import Diagnostics
import Foundation

/// The files and folders named on the command line, relative to the project folder.
struct ReportedPaths {
  private let prefixes: [String]

  /// - Parameter paths: relative to the working folder, or absolute. None means all.
  init(_ paths: [String], projectFolder: String) throws(Failure) {
    let base = URL(fileURLWithPath: projectFolder).resolvingSymlinksInPath().path
    var prefixes: [String] = []
    for path in paths {
      let full = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
      if full == base {
        prefixes.append("")
      } else if full.hasPrefix(base + "/") {
        prefixes.append(String(full.dropFirst(base.count + 1)))
      }
      // A path outside the project has no findings; pre-commit passes every changed file of a repository.
    }
    self.prefixes = paths.isEmpty ? [""] : prefixes
  }

  func includes(_ file: String) -> Bool {
    prefixes.contains { $0.isEmpty || file == $0 || file.hasPrefix($0 + "/") }
  }
}
