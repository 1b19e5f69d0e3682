import Diagnostics
import Files
import Platform

/// Keeps a lock that could not be saved where it belongs, and says how to go on from there.
struct Recovery: Sendable {
  let paths: StatePaths
  let project: String
  let temporaryFolder: String

  /// Writes the recovery file, in the project or else in the system's temporary folder, and returns the failure to report.
  func keep(_ text: String, after cause: Failure) -> Failure {
    let bytes = Array(text.utf8)
    let places = [paths.recovery, elsewhere]
    for place in places where (try? AtomicFile.replace(place, with: bytes, mode: 0o600)) != nil {
      let way = cause.help.map { "\($0) The lock is kept in \(place)." } ?? "The lock is kept in \(place)."
      return Failure(
        doing: "saving \(paths.lockName)", problem: cause.problem,
        help: "\(way) Continue with: cp \(ShellWord.quoted(place)) \(ShellWord.quoted(paths.lock)) && \(applyCommand)",
        status: cause.status)
    }
    // Both places failed. The journal still tells every outcome, so reading the Hub rebuilds what this lock would have said.
    return Failure(
      doing: "saving \(paths.lockName)",
      problem: "\(cause.problem); neither \(places[0]) nor \(places[1]) could be written either",
      help: "What was done is in \(paths.journal). Make room, then continue with: \(applyCommand)", status: cause.status)
  }

  /// Removes the recovery file of an earlier failure, once a later lock says more.
  func clear() throws(Failure) {
    guard unlink(paths.recovery) != 0, errno != ENOENT else { return }
    throw Failure.system("removing \(paths.recovery)", code: errno)
  }

  private var elsewhere: String {
    let name = project.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let folder = temporaryFolder.hasSuffix("/") ? String(temporaryFolder.dropLast()) : temporaryFolder
    return "\(folder)/spaceform-\(String(name))-\(getpid()).\(paths.lockName).json"
  }

  private var applyCommand: String {
    var words = ["spaceform", "apply"]
    if paths.folder != ".", !paths.folder.isEmpty { words += ["-C", ShellWord.quoted(paths.folder)] }
    if let environment = paths.environment { words += ["--env", environment] }
    return words.joined(separator: " ")
  }
}
