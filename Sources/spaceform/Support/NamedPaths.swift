import Platform

/// The files and folders named on the command line, as the project sees them.
enum NamedPaths {
  /// Relative to the project folder; `.` for a folder that holds the whole project. A path outside the project is left out: a hook
  /// passes every changed file of a repository.
  /// - Parameters:
  ///   - paths: relative to `folder`, or absolute; what they name need not be there.
  ///   - folder: the folder of -C, which stands for the working folder.
  static func inProject(_ paths: [String], relativeTo folder: String, projectFolder: String) -> [String] {
    let start = URL(fileURLWithPath: folder, isDirectory: true)
    let base = URL(fileURLWithPath: projectFolder).resolvingSymlinksInPath().path
    return paths.compactMap { path in
      let full = resolved(URL(fileURLWithPath: path, relativeTo: start).standardizedFileURL)
      if full == base || base.hasPrefix(full == "/" ? full : full + "/") { return "." }
      return full.hasPrefix(base + "/") ? String(full.dropFirst(base.count + 1)) : nil
    }
  }

  /// Links on the way followed, the last segment kept: a link is a file of the project itself.
  private static func resolved(_ url: URL) -> String {
    guard url.path != "/" else { return "/" }
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath().path
    return (folder == "/" ? "" : folder) + "/" + url.lastPathComponent
  }
}
