import Files

/// The listing of a project's files, asked of git before the repository is known, so that both can go on at once. It counts only
/// where nothing but the folder decides which repository is meant.
struct EarlyListing: Sendable {
  /// What `git ls-files -z` printed.
  let bytes: [UInt8]
  /// The folder that the repository was found in.
  private let top: String

  /// Nil where there is no repository, where git's variables may name another one, and where git cannot list the files: whoever asks
  /// again then hears why.
  init?(_ projectFolder: String, environment: [String: String]) {
    guard !environment.keys.contains(where: { $0.hasPrefix("GIT_") }), let folder = Posix.realPath(projectFolder),
      let top = GitRepository.nearestRepository(folder)
    else { return nil }
    let program = GitProgram(folder: folder, environment: environment)
    guard let output = try? program.run(GitWorkTree.listing + ["--", "."], doing: "listing the project's files"),
      output.status == 0
    else { return nil }
    bytes = output.bytes
    self.top = top
  }

  func isOf(_ repository: GitRepository) -> Bool { top == repository.workDirectory }
}
