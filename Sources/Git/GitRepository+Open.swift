import CLibGit2
import Diagnostics
import Files
import Platform

extension GitRepository {
  /// The repository whose work tree holds a folder; nil when the folder is in none.
  ///
  /// Fails when there is a repository that cannot be read: to go on as if there were none would publish ignored files.
  /// - Parameters:
  ///   - folder: a folder that may lie in a work tree.
  ///   - environment: git's variables are honoured when they are about this repository, as they are in its hooks.
  ///   - workingFolder: what relative values of them are relative to.
  public static func open(
    containing folder: String, environment: [String: String] = ProcessInfo.processInfo.environment,
    workingFolder: String = FileManager.default.currentDirectoryPath
  ) throws(Failure) -> GitRepository? {
    guard let folder = Posix.realPath(folder) else { return nil }
    if let problem = LibGit2.problem {
      throw Failure(
        doing: "starting libgit2", problem: problem,
        help: "Install the libgit2 package of this system anew.")
    }
    let location = GitLocation(environment: environment, folder: workingFolder)
    let discovered = discover(folder)
    if !isNamed(discovered, location) {
      let named = try openNamed(location, workingFolder: workingFolder, environment: environment)
      if let named, ProjectPath.contains(named.workDirectory, folder) {
        git_repository_free(discovered)
        return named
      }
    }

    guard let found = discovered else {
      return try hasRepositoryAbove(folder)
        ? openByProgram(folder, location: location, workingFolder: workingFolder, environment: environment) : nil
    }
    guard let work = git_repository_workdir(found).flatMap({ Posix.realPath(String(cString: $0)) }) else {
      // A bare repository has no work tree that the folder could be in.
      git_repository_free(found)
      return nil
    }
    // Without GIT_DIR, the other variables are about the repository of the folder that the program was started in.
    let isMeant =
      location.gitDirectory == nil
      ? ProjectPath.contains(work, Posix.realPath(workingFolder) ?? workingFolder) : isNamed(found, location)
    return try make(found, work: work, location: isMeant ? location : nil, environment: environment)
  }

  /// Whether GIT_DIR names the repository that the folder is in, so that its work tree need not be guessed from GIT_DIR: git takes the
  /// folder it was started in for that.
  private static func isNamed(_ found: OpaquePointer?, _ location: GitLocation) -> Bool {
    guard let found, let directory = location.gitDirectory, let path = git_repository_path(found),
      Posix.realPath(directory) == Posix.realPath(String(cString: path))
    else { return false }
    guard let workTree = location.workTree else { return true }
    return Posix.realPath(workTree) == git_repository_workdir(found).flatMap { Posix.realPath(String(cString: $0)) }
  }

  private static func openNamed(
    _ location: GitLocation, workingFolder: String, environment: [String: String]
  ) throws(Failure) -> GitRepository? {
    guard let directory = location.gitDirectory else { return nil }
    var handle: OpaquePointer?
    let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    guard git_repository_open_ext(&handle, directory, flags, nil) == 0, let handle else { return nil }
    // libgit2 refuses GIT_WORK_TREE in the environment, but can be told. Without it libgit2 takes the folder above, and git the one
    // that it was started in.
    let isGuessed = git_repository_is_bare(handle) == 0 && git_repository_is_worktree(handle) == 0 && !hasWorkTree(handle)
    if let workTree = location.workTree ?? (isGuessed ? workingFolder : nil),
      git_repository_set_workdir(handle, workTree, 0) != 0
    {
      git_repository_free(handle)
      return nil
    }
    guard let work = git_repository_workdir(handle).flatMap({ Posix.realPath(String(cString: $0)) }) else {
      git_repository_free(handle)
      return nil
    }
    return try make(handle, work: work, location: location, environment: environment)
  }

  /// Whether the configuration says where the work tree is.
  private static func hasWorkTree(_ handle: OpaquePointer) -> Bool {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, handle) == 0, let config else { return false }
    defer { git_config_free(config) }
    var value: UnsafePointer<CChar>?
    return git_config_get_string(&value, config, "core.worktree") == 0
  }

  private static func discover(_ folder: String) -> OpaquePointer? {
    var handle: OpaquePointer?
    return git_repository_open_ext(&handle, folder, GIT_REPOSITORY_OPEN_CROSS_FS.rawValue, nil) == 0 ? handle : nil
  }

  private static func make(
    _ handle: OpaquePointer, work: String, location: GitLocation?, environment: [String: String]
  ) throws(Failure) -> GitRepository {
    func path(_ text: UnsafePointer<CChar>?) -> String {
      guard let text else { return work + "/.git" }
      let path = String(cString: text)
      return Posix.realPath(path) ?? path
    }
    let directory = path(git_repository_path(handle))
    let common = path(git_repository_commondir(handle))
    if let location, !location.objectDirectories.isEmpty {
      var objects: OpaquePointer?
      if git_repository_odb(&objects, handle) == 0, let objects {
        for folder in location.objectDirectories { git_odb_add_disk_alternate(objects, folder) }
        git_odb_free(objects)
      }
    }
    var (variables, index) = (GitLocation.without(environment), String?.none)
    do {
      (variables, index) = try settings(for: location, directory: directory, work: work, environment: environment)
    } catch {
      git_repository_free(handle)
      throw error
    }
    return GitRepository(
      handle: handle, workDirectory: work, gitDirectory: directory, commonDirectory: common, indexFile: index,
      environment: variables)
  }

  /// The environment for the git program, its paths absolute, and the index file.
  private static func settings(
    for location: GitLocation?, directory: String, work: String, environment: [String: String]
  ) throws(Failure) -> (environment: [String: String], indexFile: String?) {
    guard let location else { return (GitLocation.without(environment), nil) }
    var variables = environment
    variables["GIT_PREFIX"] = nil
    if location.gitDirectory != nil {
      variables["GIT_DIR"] = directory
      variables["GIT_WORK_TREE"] = work
    }
    guard let index = location.indexFile else { return (variables, nil) }
    // git starts hooks at the top of the work tree, and that is what a relative path is relative to.
    let path = index.hasPrefix("/") ? index : work + "/" + index
    // libgit2 would take a missing file for an empty index: nothing staged, nothing checked.
    guard let real = Posix.realPath(path), Posix.status(real)?.kind == .file else {
      throw Failure(
        doing: "opening the git index", problem: "GIT_INDEX_FILE is \(index), and there is no such file",
        help: "Unset GIT_INDEX_FILE, or run the command inside the hook that set it.")
    }
    variables["GIT_INDEX_FILE"] = path
    return (variables, path)
  }

  private static func hasRepositoryAbove(_ folder: String) -> Bool { nearestRepository(folder) != nil }

  /// The nearest folder, this one or one above it, with something called `.git` in it; whether that is a repository is not looked at.
  static func nearestRepository(_ folder: String) -> String? {
    var folder = folder
    while true {
      if Posix.status(folder + "/.git") != nil { return folder }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// The repository as git itself finds it, for those that libgit2 refuses: an owner it does not trust although git's configuration
  /// does, or a format it does not know.
  private static func openByProgram(
    _ folder: String, location: GitLocation, workingFolder: String, environment: [String: String]
  ) throws(Failure) -> GitRepository? {
    // By the folder alone: with GIT_DIR set, git would take the folder for the top of the work tree.
    let program = GitProgram(folder: folder, environment: GitLocation.without(environment))
    let doing = "opening the git repository of \(folder)"
    let output = try program.run(
      ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir"], doing: doing)
    let lines = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard output.status == 0, lines.count == 3, let work = Posix.realPath(lines[0]) else {
      throw Failure(
        doing: doing, problem: output.errors.isEmpty ? "git cannot open it" : output.errors,
        help: "Run `git status` there and follow what it says.")
    }
    let isNamed =
      location.gitDirectory.map { Posix.realPath($0) == Posix.realPath(lines[1]) }
      ?? ProjectPath.contains(work, Posix.realPath(workingFolder) ?? workingFolder)
    let settings = try settings(
      for: isNamed ? location : nil, directory: lines[1], work: work, environment: environment)
    // Git has vouched for the owner, so libgit2 need not ask; then most repositories open after all.
    clibgit2_set_owner_validation(0)
    return GitRepository(
      handle: discover(folder), workDirectory: work, gitDirectory: lines[1], commonDirectory: lines[2],
      indexFile: settings.indexFile, environment: settings.environment)
  }
}
