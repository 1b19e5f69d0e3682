import Diagnostics
import Files
import Parallel
import Platform

/// Chooses where a project's bytes come from (DESIGN section 4).
public enum SourceTrees {
  /// The files as they are now: git's view of them inside a work tree, all files elsewhere.
  public static func workTree(at projectFolder: String) throws(Failure) -> any SourceTree {
    // libgit2 takes as long to start as git to list the files.
    let (opened, listing) = together(
      { Result { () throws(Failure) in try GitRepository.open(containing: projectFolder) } },
      { EarlyListing(projectFolder, environment: ProcessInfo.processInfo.environment) })
    guard let repository = try opened.get() else { return try WorkTree(projectFolder) }
    return try GitWorkTree(repository, projectFolder: projectFolder, early: listing)
  }

  /// The files as they are staged. Fails outside git.
  public static func index(at projectFolder: String) throws(Failure) -> GitIndexTree {
    try GitIndexTree(repository(at: projectFolder, for: "reading the git index"), projectFolder: projectFolder)
  }

  /// The files as they are staged, and which of them the next commit would change. Fails outside git.
  public static func staged(at projectFolder: String) throws(Failure) -> (tree: GitIndexTree, changes: [StagedChange]) {
    let repository = try repository(at: projectFolder, for: "finding out what is staged")
    let prefix = try repository.path(of: projectFolder)
    let (entries, changes) = try repository.staged(under: prefix)
    return (GitIndexTree(repository, entries: entries, prefix: prefix), changes)
  }

  /// The files of a commit. Fails outside git.
  public static func revision(_ revision: String, at projectFolder: String) throws(Failure) -> GitRevisionTree {
    try GitRevisionTree(
      repository(at: projectFolder, for: "reading revision \(revision)"), revision: revision, projectFolder: projectFolder)
  }

  private static func repository(at folder: String, for doing: String) throws(Failure) -> GitRepository {
    guard let repository = try GitRepository.open(containing: folder) else {
      throw Failure(
        doing: doing, problem: "\(folder) is not inside a git work tree",
        help: "Run `git init` there, or leave the option out to use the files as they are.")
    }
    return repository
  }
}
