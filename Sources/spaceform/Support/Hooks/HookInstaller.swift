import Diagnostics
import Reports

/// Puts hooks of ours in a folder and takes them away again. A hook of somebody else is never lost: it is renamed, runs first, and
/// comes back.
struct HookInstaller: Sendable {
  let folder: HookFolder
  /// What the hooks are to find when spaceform is not on the PATH; empty for a folder that travels to other machines.
  let program: String

  /// What a hook that was there is called from then on.
  static func keptName(_ kind: HookKind, isTaken: (String) -> Bool) -> String {
    let name = "\(kind.rawValue).before-spaceform"
    guard isTaken(name) else { return name }
    var number = 2
    while isTaken("\(name).\(number)") { number += 1 }
    return "\(name).\(number)"
  }

  // MARK: Install

  func install(_ kind: HookKind) throws(Failure) -> HookReport.Hook {
    switch try folder.state(of: kind) {
    case .absent:
      try folder.make()
      try folder.write(HookScript(kind, program: program))
      var hook = report(kind, .installed)
      let kept = Self.keptName(kind) { _ in false }
      if folder.has(kept) { hook.notes.append("\(kept) is still there from before; it is not run") }
      return hook
    case .ours(let script, let isCurrent, let link?):
      guard isCurrent else { throw outdatedLink(kind, link) }
      return report(kind, .unchanged, script, link: link)
    case .ours(let script, let isCurrent, nil):
      let wanted = HookScript(kind, previous: script.previous, program: program)
      if isCurrent, script == wanted { return report(kind, .unchanged, script) }
      try folder.write(wanted)
      return report(kind, .updated, wanted)
    case .foreign(let isExecutable, let link): return try chain(kind, isExecutable: isExecutable, link: link)
    }
  }

  private func chain(_ kind: HookKind, isExecutable: Bool, link: String?) throws(Failure) -> HookReport.Hook {
    let script = HookScript(kind, previous: Self.keptName(kind, isTaken: folder.has), program: program)
    try folder.rename(kind.rawValue, to: script.previous)
    do throws(Failure) {
      try folder.write(script)
    } catch {
      try folder.rename(script.previous, to: kind.rawValue)
      throw error
    }
    var hook = report(kind, .installed, script)
    if let link { hook.notes.append("\(kind.rawValue) was a symbolic link to \(link); the link is kept as \(script.previous)") }
    if !isExecutable {
      hook.notes.append("\(script.previous) is not executable: git did not run it, and neither will this hook")
    }
    return hook
  }

  private func outdatedLink(_ kind: HookKind, _ link: String) -> Failure {
    Failure(
      doing: "updating \(folder.shown)/\(kind.rawValue)",
      problem: "it is a symbolic link, to \(link), which is a hook of another version of spaceform",
      help: "Update that file, or remove the link and run the command again.")
  }

  // MARK: Uninstall

  func uninstall(_ kind: HookKind) throws(Failure) -> HookReport.Hook {
    switch try folder.state(of: kind) {
    case .absent: return report(kind, .unchanged, state: .absent)
    case .foreign(_, let link): return report(kind, .kept, state: .other, link: link)
    case .ours(_, _, let link?):
      throw Failure(
        doing: "removing \(folder.shown)/\(kind.rawValue)", problem: "it is a symbolic link, to \(link), that somebody made",
        help: "Remove the link: `rm '\(folder.shown)/\(kind.rawValue)'`.")
    case .ours(let script, _, nil):
      guard !script.previous.isEmpty, folder.has(script.previous) else {
        try folder.remove(kind.rawValue)
        var hook = report(kind, .removed, state: .absent)
        if !script.previous.isEmpty { hook.notes.append("\(script.previous), which ran before it, is not there any more") }
        return hook
      }
      try folder.rename(script.previous, to: kind.rawValue)
      return report(kind, .restored, state: .other)
    }
  }

  // MARK: Reports

  func status(_ kind: HookKind) throws(Failure) -> HookReport.Hook {
    switch try folder.state(of: kind) {
    case .absent: return report(kind, nil, state: .absent)
    case .foreign(_, let link): return report(kind, nil, state: .other, link: link)
    case .ours(let script, let isCurrent, let link):
      return report(kind, nil, script, state: isCurrent ? .installed : .outdated, link: link)
    }
  }

  private func report(
    _ kind: HookKind, _ action: HookReport.Action?, _ script: HookScript? = nil, state: HookReport.State = .installed,
    link: String? = nil
  ) -> HookReport.Hook {
    var hook = HookReport.Hook(type: kind.rawValue, state: state)
    hook.action = action
    hook.link = link
    if let previous = script?.previous, !previous.isEmpty {
      hook.runsFirst = previous
      if !folder.has(previous) { hook.notes.append("\(previous), which is to run first, is not there any more") }
    }
    return hook
  }
}
