import Diagnostics
import SpaceModel

/// What can be wrong with a lock file, each with its way out.
struct LockFailures {
  let file: String

  var empty: Failure {
    failure("the file is empty", help: "Restore it with `git checkout -- \(file)`, or from a backup.")
  }

  func conflict(line: Int) -> Failure {
    failure(
      "it holds merge conflict markers, the first on line \(line)",
      help: "Run `spaceform state repair`: it puts the lock together from both sides and asks the Hub where they differ.")
  }

  func syntax(_ problem: JSONSyntax.Problem) -> Failure {
    failure(
      "it is not JSON at line \(problem.position.line), column \(problem.position.column): \(problem.message)", help: restore)
  }

  /// A decoding error, or a `LockFileProblem`.
  func content(_ error: any Error) -> Failure {
    switch error as? LockFileProblem {
    case .newer(let version)?:
      failure(
        "a newer version of spaceform wrote it: its format is \(version), and this program reads up to \(Lock.currentVersion)",
        help: "Upgrade spaceform to the version that wrote \(file).")
    case .unknownVersion(let version)?, .older(let version)?:
      failure("\(version) is not a version of the format", help: restore)
    case .badAddress(let address, let path)?:
      failure("\(path) names `\(address)`, which is not an address of a Space (owner/name)", help: restore)
    case .emptyID(let id)?:
      failure("spaces[\"\(id)\"].id is empty", help: restore)
    case .sameID(let hubID, let first, let second)?:
      failure(
        "\(first) and \(second) have the same id, \(hubID): one Space cannot have two records",
        help: "After a move only the new address stays: remove the record that is not on the Hub, or "
          + "restore the file with `git checkout -- \(file)`.")
    case nil:
      failure(DecodingProblem.description(error), help: restore)
    }
  }

  private var restore: String {
    "Only spaceform writes this file: restore it with `git checkout -- \(file)`, or from a backup."
  }

  private func failure(_ problem: String, help: String) -> Failure {
    Failure(doing: "reading \(file)", problem: problem, help: help)
  }
}
