import Diagnostics
import Platform
import Processes

/// A branch of a remote, reached from a bare repository by the git program, just as the user's own repository would reach it: with its
/// addresses, credentials, headers and command for ssh. Nobody is asked for anything, and nothing is waited for longer than allowed.
///
/// The user's repository is only read: a `fetch --depth` in it would make it shallow.
public struct GitRemote: Sendable {
  /// As definitions name it, without a password.
  public let name: String
  public let branch: String
  /// What git is configured with in the user's repository.
  public let configuration: GitConfiguration

  private let remote: String
  private let folder: String
  private let environment: [String: String]
  private let seconds: Double

  /// - Parameters:
  ///   - remote: a remote's name, or an address.
  ///   - branch: the branch's name, without `refs/heads/`.
  ///   - folder: the project folder; relative addresses are relative to the top of its repository.
  ///   - environment: the process's own.
  ///   - seconds: how long one fetch or push may take.
  /// - Throws: a `Failure` when the remote is not known.
  public init(
    _ remote: String, branch: String, projectFolder folder: String, environment: [String: String], seconds: Double
  ) throws(Failure) {
    let repository = try GitRepository.open(containing: folder, environment: environment)
    let configuration = try repository?.configuration() ?? GitConfiguration()
    self.remote = remote
    self.branch = branch
    self.configuration = configuration
    self.folder = repository?.workDirectory ?? folder
    self.environment = GitRemote.environment(environment, configuration, remote)
    self.seconds = seconds
    name = GitRemote.withoutPassword(remote)
    guard GitRemote.isAddress(remote) || configuration.remotes.contains(remote) else {
      let known = configuration.remotes
      throw Failure(
        doing: "looking for the remote \(name) of the git store",
        problem: repository == nil
          ? "\(folder) is not in a git repository"
          : known.isEmpty ? "the repository has no remotes" : "the repository has no remote of that name",
        help: repository == nil
          ? "Put the project into git, name the address of a repository as `remote`, or use `store: file`."
          : known.isEmpty
            ? "Add it with `git remote add \(ShellWord.quoted(name)) ADDRESS`."
            : Suggestion.nearest(to: remote, among: known).map { "Did you mean `\($0)`?" }
              ?? "It has \(known.joined(separator: ", ")); name one of them as `remote` in spaceform.yaml.")
    }
  }

  /// What became of a push.
  public enum Push: Hashable, Sendable {
    case landed
    /// The remote kept the branch as it is; its words.
    case refused(String)
    /// No answer that tells: it may have landed.
    case unknown(Failure)
  }

  /// Brings the branch's last commits here, and says which is the last; nil when the remote does not have the branch.
  /// - Parameters:
  ///   - depth: how many generations of commits.
  ///   - repository: where the commits are kept here.
  public func fetch(depth: Int, into repository: BareRepository) throws(Failure) -> String? {
    let doing = "fetching the branch \(branch) of \(name)"
    let fetched = try run(
      repository,
      [
        "fetch", "--quiet", "--depth", "\(depth)", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
        "--no-filter",
        "--no-prune", "--force", remote, "+refs/heads/\(branch):refs/fetched/tip",
      ], doing: doing)
    if fetched.status == 0 {
      let output = try run(repository, ["rev-parse", "--verify", "refs/fetched/tip^{commit}"], doing: doing)
      guard output.status == 0 else { throw failure(doing, output) }
      return GitRepository.line(output.bytes)
    }
    // Why it failed is said in words only; whether the branch is there is not.
    let listed = try run(repository, ["ls-remote", "--exit-code", "--quiet", remote, "refs/heads/\(branch)"], doing: doing)
    if listed.status == 2 { return nil }
    throw failure(doing, listed.status == 0 ? fetched : listed)
  }

  /// The id of the branch's last commit, without bringing it here; nil when the remote does not have the branch.
  public func tip(from repository: BareRepository) throws(Failure) -> String? {
    let doing = "asking \(name) for the branch \(branch)"
    let listed = try run(repository, ["ls-remote", "--exit-code", "--quiet", remote, "refs/heads/\(branch)"], doing: doing)
    if listed.status == 2 { return nil }
    guard listed.status == 0 else { throw failure(doing, listed) }
    return GitRepository.line(listed.bytes).split(separator: "\t").first.map(String.init)
  }

  /// Moves the branch to a commit, if it still is where it is expected to be: compare and swap, decided by the remote.
  /// - Parameters:
  ///   - commit: where the branch is to be.
  ///   - tip: where the branch is; nil when it is not there.
  ///   - repository: where the commits are kept here.
  public func push(_ commit: String, expecting tip: String?, from repository: BareRepository) -> Push {
    let doing = "pushing to the branch \(branch) of \(name)"
    let output: ChildProcess.Output
    do throws(Failure) {
      output = try run(
        repository,
        [
          "push", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no",
          "--force-with-lease=refs/heads/\(branch):\(tip ?? "")", remote, "\(commit):refs/heads/\(branch)",
        ], doing: doing)
    } catch {
      return .unknown(error)
    }
    if output.status == 0 { return .landed }
    let lines = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n")
    guard let refusal = lines.first(where: { $0.hasPrefix("!") }) else { return .unknown(failure(doing, output)) }
    let reason = refusal.split(separator: "\t").last.map(String.init) ?? "refused"
    let said = words(output.errors).split(separator: "\n").filter { $0.hasPrefix("remote:") }
      .map { $0.dropFirst("remote:".count).drop { $0 == " " } }.filter { !$0.isEmpty }.joined(separator: " ")
    return .refused(said.isEmpty ? reason : "\(reason): \(said)")
  }

  /// Brings the commits before one here, as far as possible without their files.
  func fetchHistory(of commit: String, into repository: BareRepository) throws(Failure) {
    let doing = "fetching the history of \(commit.prefix(12)) from \(name)"
    let fetched = try run(
      repository,
      [
        "fetch", "--quiet", "--filter=tree:0", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", remote,
        "\(commit):refs/fetched/history",
      ], doing: doing)
    guard fetched.status == 0 else { throw failure(doing, fetched) }
  }

  /// - Parameter second: a commit whose whole history is in the repository.
  func isAncestor(_ first: String, of second: String, in repository: BareRepository) throws(Failure) -> Bool {
    let doing = "looking for \(first.prefix(12)) in the history of \(second.prefix(12))"
    return try run(repository, ["merge-base", "--is-ancestor", first, second], doing: doing).status == 0
  }

  private func run(_ repository: BareRepository, _ arguments: [String], doing: String) throws(Failure) -> ChildProcess.Output {
    var variables = environment
    variables["GIT_DIR"] = repository.path
    let settings = [
      "core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false", "fetch.writeCommitGraph=false",
      "fetch.fsckObjects=true",
      "push.gpgSign=false",
    ]
    let words = ["-C", folder] + settings.flatMap { ["-c", $0] } + arguments
    let ending: ChildProcess.Ending
    do throws(ChildProcess.NotStarted) {
      ending = try ChildProcess("git", words, environment: variables).run(atMost: seconds)
    } catch {
      throw Failure(
        doing: doing, problem: "the git program cannot be started: \(error)",
        help: "Install git, and see that it is on the PATH.")
    }
    switch ending {
    case .ended(let output): return output
    case .stopped(let errors):
      let said = self.words(errors)
      throw Failure(
        doing: doing,
        problem: "the remote did not answer within \(Int(seconds.rounded(.up))) s" + (said.isEmpty ? "" : " (\(said))"),
        help: "Check the network and the remote, then run the command again; SPACEFORM_GIT_TIMEOUT gives it more time.")
    }
  }

  private func failure(_ doing: String, _ output: ChildProcess.Output) -> Failure {
    let said = words(output.errors).split(separator: "\n").map { $0.hasPrefix("fatal: ") ? $0.dropFirst(7) : $0 }
      .joined(separator: "; ")
    return Failure(
      doing: doing, problem: said.isEmpty ? "git failed with status \(output.status)" : said,
      help: "Check that `git ls-remote \(ShellWord.quoted(name))` works here, then run the command again.")
  }

  /// What git wrote, without passwords and white space at its ends.
  private func words(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: " ", omittingEmptySubsequences: false).map { GitRemote.withoutPassword(String($0)) }
        .joined(separator: " ")
    }.joined(separator: "\n")
  }

  /// A remote as messages name it: without a password.
  public static func shown(_ remote: String) -> String { withoutPassword(remote) }

  /// An address without the part before the `@`, which may be a password; anything else as it is.
  static func withoutPassword(_ text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return text }
    let rest = text[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return text }
    return String(text[..<scheme.upperBound]) + rest[rest.index(after: at)...]
  }

  /// An address of git's, or a path.
  static func isAddress(_ text: String) -> Bool {
    text.contains("://") || text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
      || text.prefix { $0 != "/" }.contains(":")
  }

  private static func environment(
    _ environment: [String: String], _ configuration: GitConfiguration, _ remote: String
  ) -> [String: String] {
    // What git traces goes where we read its words, and would hold headers.
    var variables = GitLocation.without(environment).filter {
      !$0.key.hasPrefix("GIT_TRACE") && $0.key != "GIT_CURL_VERBOSE" && $0.key != "GIT_SHALLOW_FILE"
    }
    variables["LC_ALL"] = "C"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    variables["GCM_INTERACTIVE"] = "never"
    // git falls back on ssh's window that asks for a password.
    variables["SSH_ASKPASS"] = nil
    variables["SSH_ASKPASS_REQUIRE"] = "never"
    let choosesSSH =
      environment["GIT_SSH_COMMAND"] != nil || environment["GIT_SSH"] != nil || configuration.value("core.sshcommand") != nil
    if !choosesSSH { variables["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes" }
    // In the environment, not among the arguments that every process on the machine may read: there are tokens in headers.
    var count = variables["GIT_CONFIG_COUNT"].flatMap(Int.init) ?? 0
    for (key, value) in configuration.reaching(remote) {
      variables["GIT_CONFIG_KEY_\(count)"] = key
      variables["GIT_CONFIG_VALUE_\(count)"] = value
      count += 1
    }
    if count > 0 { variables["GIT_CONFIG_COUNT"] = "\(count)" }
    return variables
  }
}
