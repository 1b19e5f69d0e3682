import Diagnostics
import Files

/// Why a project file cannot be read although nothing failed: it is not there, or something else is.
enum MissingProjectFile {
  /// - Parameter path: of the project file in the tree.
  static func failure(_ path: String, in tree: any SourceTree) throws(Failure) -> Failure {
    let listed = try tree.files(under: ".").first { $0.path == path }
    if listed?.isSymbolicLink == true {
      return Failure(
        doing: "reading \(path)", problem: "it is a symbolic link that leads to no file",
        help: "Put the file itself there, or remove the link.")
    }
    if try !tree.files(under: path).isEmpty {
      return Failure(
        doing: "reading \(path)", problem: "a folder stands where the file should be", help: "Move the folder away.")
    }
    switch tree.origin {
    case .disk:
      return Failure(
        doing: "reading \(path)", problem: "there is no such file",
        help: "Run `spaceform init` to write one, or name the project's folder with -C.")
    case .index:
      return Failure(
        doing: "reading \(path) from the git index", problem: "no such file is staged or committed",
        help: "Stage it with `git add \(path)`.")
    case .commit(let id):
      return Failure(
        doing: "reading \(path) from commit \(id.prefix(12))", problem: "the commit has no such file",
        help: "Name a revision that has it.")
    }
  }
}
