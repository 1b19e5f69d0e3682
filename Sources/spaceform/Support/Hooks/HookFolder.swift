import Diagnostics
import Files
import Platform

/// What stands at a hook's place.
enum HookState: Hashable, Sendable {
  case absent
  /// Ours. `isCurrent`: the text is what this version writes, and git will run it. `link`: where it leads, when it is a symbolic link.
  case ours(HookScript, isCurrent: Bool, link: String?)
  /// Somebody else's; git runs it only when it is executable.
  case foreign(isExecutable: Bool, link: String?)
}

/// A folder of hooks, looked at and changed on disk.
struct HookFolder: Sendable {
  let path: String
  /// As messages say it.
  let shown: String

  func file(_ name: String) -> String { path + "/" + name }

  func has(_ name: String) -> Bool { Posix.status(file(name)) != nil }

  func state(of kind: HookKind) throws(Failure) -> HookState {
    let file = file(kind.rawValue)
    guard let status = Posix.status(file) else { return .absent }
    let doing = "reading \(shown)/\(kind.rawValue)"
    guard status.kind == .file || status.kind == .symbolicLink else {
      throw Failure(
        doing: doing,
        problem: "it is \(status.kind == .folder ? "a folder" : "a device or a pipe"), where a hook would be a file",
        help: "Move it away, and run the command again.")
    }
    let link =
      status.kind == .symbolicLink ? (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) ?? "nowhere" : nil
    let isExecutable = access(file, X_OK) == 0
    switch Posix.bytes(file) {
    case .success(let bytes):
      guard let script = HookScript(reading: bytes) else { return .foreign(isExecutable: isExecutable, link: link) }
      let isCurrent = script.kind == kind && bytes == Array(script.text.utf8) && isExecutable
      return .ours(script, isCurrent: isCurrent, link: link)
    case .failure(let problem):
      if link != nil { return .foreign(isExecutable: false, link: link) }
      throw Failure.system(doing, code: problem.code)
    }
  }

  // MARK: Changes

  /// Makes the folder when it is not there.
  func make() throws(Failure) {
    guard Posix.status(path) == nil else { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        doing: "making the folder \(shown)", problem: "the system refuses it",
        help: "Check who may write there (`ls -ld`), and that no file has that name.")
    }
  }

  /// Puts a hook of ours in its place, executable, whatever was there.
  func write(_ script: HookScript) throws(Failure) {
    let target = file(script.kind.rawValue)
    do throws(Failure) {
      try AtomicFile.replace(target, with: Array(script.text.utf8), mode: 0o755)
    } catch {
      // The same, with the path as messages say it.
      throw Failure(
        doing: "writing \(shown)/\(script.kind.rawValue)", problem: error.problem, help: error.help, status: error.status)
    }
    // An earlier file's permissions were kept.
    guard access(target, X_OK) == 0 || chmod(target, 0o755) == 0 else {
      throw Failure.system("making \(shown)/\(script.kind.rawValue) executable", code: errno)
    }
  }

  /// Renames a file, over one that is there.
  func rename(_ name: String, to other: String) throws(Failure) {
    guard renamePath(file(name), file(other)) == 0 else {
      throw Failure.system("renaming \(shown)/\(name) to \(other)", code: errno)
    }
    try AtomicFile.synchronize(folder: path)
  }

  func remove(_ name: String) throws(Failure) {
    guard unlink(file(name)) == 0 else { throw Failure.system("removing \(shown)/\(name)", code: errno) }
    try AtomicFile.synchronize(folder: path)
  }
}
