import Diagnostics
import Processes

/// What git's configuration says at one moment, as git itself reads it: includes followed, and each value with where it comes from.
public struct GitConfiguration: Sendable {
  struct Entry: Hashable, Sendable {
    /// `system`, `global`, `local`, `worktree` or `command`.
    var scope: String
    /// Section and variable in lower case, as git prints them; the part between is as it was written.
    var key: String
    var value: String
  }

  private(set) var entries: [Entry] = []

  /// Nothing configured: outside a repository.
  public init() {}

  init(entries: [Entry]) { self.entries = entries }

  /// - Parameter program: git in the repository that is asked about.
  init(of program: GitProgram) throws(Failure) {
    let fields = try program.rawFields(["config", "--list", "-z", "--show-scope"], doing: "reading git's configuration")
    // Each value is two fields: its scope, then its key, a line end and itself; a key that is only named means yes.
    var place = fields.startIndex
    while place + 1 < fields.endIndex {
      let text = String(decoding: fields[place + 1], as: UTF8.self)
      let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      entries.append(
        Entry(
          scope: String(decoding: fields[place], as: UTF8.self), key: String(parts[0]),
          value: parts.count > 1 ? String(parts[1]) : "true"))
      place += 2
    }
  }

  /// The last value of a key, which is the one that counts.
  public func value(_ key: String) -> String? { entries.last { $0.key == key }?.value }

  /// The names of the remotes that have an address.
  public var remotes: [String] {
    var names: [String] = []
    for entry in entries where entry.key.hasPrefix("remote.") && entry.key.hasSuffix(".url") {
      let name = String(entry.key.dropFirst("remote.".count).dropLast(".url".count))
      if !names.contains(name) { names.append(name) }
    }
    return names.sorted()
  }

  /// What a command in another repository needs of this one's to reach its remote as this one would: addresses, credentials, headers,
  /// proxies and the command for ssh. The user's and the system's own settings hold there anyway, and twice said some of them would
  /// be sent twice.
  func reaching(_ remote: String) -> [(key: String, value: String)] {
    let sections = ["url.", "http.", "credential.", "protocol.", "ssh."]
    let own = Set(
      ["url", "pushurl", "proxy", "proxyauthmethod", "uploadpack", "receivepack", "vcs"].map { "remote.\(remote).\($0)" })
    let single: Set<String> = ["core.sshcommand", "core.askpass", "core.gitproxy", "transfer.credentialsinurl"]
    return entries.filter { entry in
      guard entry.scope == "local" || entry.scope == "worktree" else { return false }
      return own.contains(entry.key) || single.contains(entry.key) || sections.contains { entry.key.hasPrefix($0) }
    }.map { ($0.key, $0.value) }
  }
}

extension GitRepository {
  /// The configuration as git reads it here.
  public func configuration() throws(Failure) -> GitConfiguration { try GitConfiguration(of: program) }
}
