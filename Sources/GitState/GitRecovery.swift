import Diagnostics
import Files
import Platform
import State

/// Keeps a lock that could not be pushed, and says how to go on from there.
struct GitRecovery: Sendable {
  let paths: StatePaths
  let project: String
  let temporaryFolder: String

  /// Writes the recovery file, in the project or else in the system's temporary folder, and returns the failure to report.
  func keep(_ lock: Lock?, after cause: Failure) -> Failure {
    var way = cause.help.map { "\($0) " } ?? ""
    if let place = write(lock) { way += "What the lock would have said is kept in \(place). " }
    return Failure(
      doing: "saving the state of \(project)", problem: "\(cause.doing): \(cause.problem)",
      help: "\(way)Continue with: \(applyCommand)", status: cause.status)
  }

  private func write(_ lock: Lock?) -> String? {
    guard let lock else { return nil }
    let bytes = Array(LockCodec.text(lock).utf8)
    return [paths.recovery, elsewhere].first { (try? AtomicFile.replace($0, with: bytes, mode: 0o600)) != nil }
  }

  /// Removes the recovery file of an earlier failure, once a later lock says more.
  func clear() throws(Failure) {
    guard unlink(paths.recovery) != 0, errno != ENOENT, errno != EROFS, errno != ENOTDIR else { return }
    throw Failure.system("removing \(paths.recovery)", code: errno)
  }

  private var elsewhere: String {
    let name = project.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let folder = temporaryFolder.hasSuffix("/") ? String(temporaryFolder.dropLast()) : temporaryFolder
    return "\(folder)/spaceform-\(String(name))-\(getpid()).\(paths.lockName).json"
  }

  var applyCommand: String {
    var words = ["spaceform", "apply"]
    if paths.folder != ".", !paths.folder.isEmpty { words += ["-C", ShellWord.quoted(paths.folder)] }
    if let environment = paths.environment { words += ["--env", environment] }
    return words.joined(separator: " ")
  }
}
