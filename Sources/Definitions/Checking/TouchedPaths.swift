import Files

/// Files and folders that a run is about: those of a commit to be, or those named on the command line. Paths are relative to the
/// project folder and in their normal form; `.` is all of it.
public struct TouchedPaths: Sendable, Hashable {
  private let paths: Set<String>
  /// Every folder that holds one of them.
  private let folders: Set<String>

  public init(_ paths: some Sequence<String>) {
    self.paths = Set(paths)
    var folders: Set<String> = []
    for path in self.paths {
      var path = path[...]
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        if !folders.insert(String(path)).inserted { break }
      }
    }
    self.folders = folders
  }

  public var isEmpty: Bool { paths.isEmpty }

  /// Whether a file is one of them, or inside one of them.
  func contains(_ file: String) -> Bool {
    if paths.contains(".") || paths.contains(file) { return true }
    var path = file[...]
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      if paths.contains(String(path)) { return true }
    }
    return false
  }

  /// Whether anything in a folder is one of them, be it there or no longer.
  func touches(_ folder: String) -> Bool {
    folder == "." ? !isEmpty : folders.contains(folder) || contains(folder)
  }

  /// Whether one of them is, or was, a file that a pattern names.
  func mayTouch(_ glob: Glob) -> Bool {
    paths.contains { glob.matches($0) || $0 == "." || glob.folder == $0 || glob.folder.hasPrefix($0 + "/") }
  }
}
