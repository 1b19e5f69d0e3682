import Diagnostics
import Files
import Git

/// The folder git runs a repository's hooks from, and who else uses it.
struct HookPlace: Hashable, Sendable {
  /// Whose hooks the folder holds.
  enum Reach: Hashable, Sendable {
    /// This repository's, in all its work trees.
    case repository
    /// This repository's, and the folder is part of the work tree: what is put there is committed and travels.
    case workTree
    /// Not this repository's alone. `why` says what leads there.
    case others(why: String)
  }

  /// Absolute.
  let path: String
  /// As messages say it: relative to the top of the work tree where it is below.
  let shown: String
  let reach: Reach
  /// The top of the work tree; absolute.
  let top: String

  /// Asks git, which is the judge of its own configuration.
  static func find(in repository: GitRepository) throws(Failure) -> HookPlace {
    let doing = "finding the hooks folder"
    let git = repository.program
    let answer = try git.output(["rev-parse", "--path-format=absolute", "--git-path", "hooks"], doing: doing)
    let path = line(answer)
    let top = repository.workDirectory
    let real = existing(path)
    let setting = try Setting.read(git, doing: doing)
    let reach: Reach
    if let setting, setting.isShared {
      reach = .others(why: "core.hooksPath is \(setting.value) in the \(setting.scope) configuration, for every repository")
    } else if ProjectPath.contains(repository.commonDirectory, real) {
      reach = .repository
    } else if ProjectPath.contains(top, real) {
      reach = .workTree
    } else {
      reach = .others(why: "core.hooksPath leads out of the repository, to \(setting?.value ?? path)")
    }
    let isBelow = ProjectPath.contains(top, path) && path != top
    return HookPlace(path: path, shown: isBelow ? String(path.dropFirst(top.count + 1)) : path, reach: reach, top: top)
  }

  /// The setting that moves the hooks.
  private struct Setting {
    var scope: String
    var value: String

    /// Set for every repository, and not to a folder that each of them has for itself.
    var isShared: Bool { (scope == "global" || scope == "system") && (value.hasPrefix("/") || value.hasPrefix("~")) }

    static func read(_ git: GitProgram, doing: String) throws(Failure) -> Setting? {
      let output = try git.run(["config", "--null", "--show-scope", "--get", "core.hooksPath"], doing: doing)
      let fields = output.bytes.split(separator: 0, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard output.status == 0, fields.count >= 2 else { return nil }
      return Setting(scope: fields[0], value: fields[1])
    }
  }

  /// The path with every link followed, as far as there is something.
  private static func existing(_ path: String) -> String {
    var rest = ""
    var path = path
    while true {
      if let real = Posix.realPath(path) { return real + rest }
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return path + rest }
      rest = path[slash...] + rest
      path = String(path[..<slash])
    }
  }

  private static func line(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
