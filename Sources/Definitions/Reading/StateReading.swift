import Diagnostics
import SpaceModel

/// `state` of a project file: where the lock is kept, and what cannot work of it.
struct StateReading: Sendable {
  private(set) var declaration = StateDeclaration.file
  private(set) var findings: [Finding] = []

  init(_ state: Layered?) {
    guard let state else { return }
    guard state.text("store")?.value == "git" else {
      for key in ["remote", "branch", "lease"] {
        guard let setting = state[key] else { continue }
        findings.append(
          Rule.gitStoreSettings.finding(
            "`\(key)` is a setting of the git store, and the lock is kept in a file",
            help: "Write `store: git` beside it, or remove it.", at: setting.place.key))
      }
      return
    }
    var git = GitStoreDeclaration()
    if let remote = state.text("remote") {
      git.remote = remote.value
      if remote.value.hasPrefix("-") || remote.value.contains(where: { $0.isNewline || $0 == "\0" }) {
        report("`\(remote.value)` is not the name of a remote", help: "Name a remote that `git remote` lists.", remote.place)
      }
    }
    if let branch = state.text("branch") {
      git.branch = branch.value
      if !StateReading.isBranch(branch.value) {
        report(
          "git takes no branch called `\(branch.value)`",
          help: "Write a plain name, such as `\(GitStoreDeclaration.defaultBranch)`.",
          branch.place)
      } else if ["main", "master", "HEAD"].contains(branch.value) {
        report(
          "`\(branch.value)` is a branch that people work on, and the store's is Spaceform's alone",
          help: "Write a name of its own, such as `\(GitStoreDeclaration.defaultBranch)`.", branch.place)
      }
    }
    if let text = state.text("lease"), let lease = TimeSpan(text.value) {
      git.lease = lease
      let (shortest, longest) = (GitStoreDeclaration.shortestLease, GitStoreDeclaration.longestLease)
      if lease < shortest || lease > longest {
        report(
          "a lease of \(lease) is too \(lease < shortest ? "short" : "long")",
          help:
            "Write at least `\(shortest)` and at most `\(longest)`; \(GitStoreDeclaration.defaultLease) when it is left out.",
          text.place)
      }
    }
    declaration = .git(git)
  }

  private mutating func report(_ problem: String, help: String, _ place: Place) {
    findings.append(Rule.gitStoreSettings.finding(problem, help: help, at: place.value))
  }

  /// As git-check-ref-format(1) has it.
  static func isBranch(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let forbidden = Set("~^:?*[\\ \u{7F}")
    return !name.isEmpty && name != "@" && !name.hasPrefix("-") && !name.hasSuffix(".") && !name.contains("..")
      && !name.contains("@{")
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !forbidden.contains(Character($0)) }
  }
}
