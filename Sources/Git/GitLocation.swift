import Files

/// What git's environment variables say about a repository, made absolute: hooks run with some of them set, relative to the folder
/// they were started in, and they must not be applied to another repository.
struct GitLocation: Sendable {
  /// `GIT_DIR`.
  var gitDirectory: String?
  /// `GIT_WORK_TREE`.
  var workTree: String?
  /// `GIT_INDEX_FILE`: during `git commit -a` or `git commit -- path` it is a temporary index.
  var indexFile: String?
  /// `GIT_OBJECT_DIRECTORY` and `GIT_ALTERNATE_OBJECT_DIRECTORIES`, set while a push is in quarantine.
  var objectDirectories: [String]

  private static let variables = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR",
    "GIT_PREFIX", "GIT_NAMESPACE",
  ]

  /// - Parameter folder: the process's working folder, absolute.
  init(environment: [String: String], folder: String) {
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    gitDirectory = value("GIT_DIR").map(absolute)
    workTree = value("GIT_WORK_TREE").map(absolute)
    indexFile = value("GIT_INDEX_FILE")
    objectDirectories =
      [value("GIT_OBJECT_DIRECTORY")].compactMap(\.self)
      + (value("GIT_ALTERNATE_OBJECT_DIRECTORIES") ?? "").split(separator: ":").map(String.init)
    objectDirectories = objectDirectories.map(absolute)
  }

  /// The environment for another repository than the one these variables are about.
  static func without(_ environment: [String: String]) -> [String: String] {
    environment.filter { !variables.contains($0.key) }
  }
}
