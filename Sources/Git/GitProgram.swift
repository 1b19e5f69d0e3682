import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The git program, run in a repository: for what libgit2 cannot do (facts swift-building-blocks section 2) and for what git itself
/// must decide, such as which files are ignored.
public struct GitProgram: Sendable {
  /// What `git -C` gets.
  public let folder: String
  /// The program's whole environment.
  public let environment: [String: String]

  public init(folder: String, environment: [String: String]) {
    self.folder = folder
    var environment = environment
    // Reading must not write: git would otherwise refresh the index, and take its lock, as a by-product.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    // A clone that fetches what it lacks may ask for a password, and nobody may be there to answer.
    environment["GIT_TERMINAL_PROMPT"] = "0"
    self.environment = environment
  }

  public struct Output: Sendable {
    public var status: Int32
    public var bytes: [UInt8]
    /// What git said about it, without white space at the end.
    public var errors: String
  }

  /// The output of a command that must succeed.
  public func output(_ arguments: [String], doing: String) throws(Failure) -> [UInt8] {
    let output = try run(arguments, doing: doing)
    guard output.status == 0 else {
      throw Failure(
        doing: doing,
        problem: "git \(arguments.first ?? "") failed: \(output.errors.isEmpty ? "status \(output.status)" : output.errors)",
        help: "Run `git \(arguments.joined(separator: " "))` in \(folder) to see it.")
    }
    return output.bytes
  }

  /// Fields of a command's `-z` output.
  public func fields(_ arguments: [String], doing: String) throws(Failure) -> [String] {
    try rawFields(arguments, doing: doing).map { String(decoding: $0, as: UTF8.self) }
  }

  /// As `fields`, byte for byte: paths need not be text.
  func rawFields(_ arguments: [String], doing: String) throws(Failure) -> [ArraySlice<UInt8>] {
    try output(arguments, doing: doing).split(separator: 0)
  }

  /// Runs git to its end, whatever its status. Standard input is empty. Fails when git cannot be started.
  public func run(_ arguments: [String], doing: String) throws(Failure) -> Output {
    // A pipe is inherited by every child started before it is marked; then its reader waits for that child too. So one at a time.
    pthread_mutex_lock(GitProgram.starting)
    var isStarting = true
    defer { if isStarting { pthread_mutex_unlock(GitProgram.starting) } }
    var output = Pipe()
    var errors = Pipe()
    guard output.open(), errors.open() else { throw cannotStart(doing, errno) }

    var actions = FileActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.write, 2)

    // Another by-product, which has a switch of its own.
    let words = CStrings(["git", "-C", folder, "-c", "diff.autoRefreshIndex=false"] + arguments)
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    var process: pid_t = 0
    let started = posix_spawnp(&process, "git", &actions, nil, words.pointers, variables.pointers)
    output.closeWrite()
    errors.closeWrite()
    pthread_mutex_unlock(GitProgram.starting)
    isStarting = false
    guard started == 0 else { throw cannotStart(doing, started) }

    let (bytes, complaints) = Pipe.drain(output, errors)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    var text = String(decoding: complaints, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    // The low seven bits are the signal, as wait(2) has it; the macros do not import.
    return Output(status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f), bytes: bytes, errors: text)
  }

  private nonisolated(unsafe) static let starting: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    return mutex
  }()

  private func cannotStart(_ doing: String, _ code: Int32) -> Failure {
    Failure(
      doing: doing, problem: "the git program cannot be started: \(String(cString: strerror(code)))",
      help: "Install git, and see that it is on the PATH.")
  }
}

#if canImport(Darwin)
private typealias FileActions = posix_spawn_file_actions_t?
#else
private typealias FileActions = posix_spawn_file_actions_t
#endif

/// An array of C strings that ends with a null pointer.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]
  init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }
  deinit { pointers.forEach { free($0) } }
}

/// A pipe whose ends no other child inherits; closed with the value.
private struct Pipe: ~Copyable {
  private(set) var read: Int32 = -1
  private(set) var write: Int32 = -1

  mutating func open() -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (read, write) = (ends[0], ends[1])
    return true
  }

  mutating func closeWrite() {
    if write >= 0 { close(write) }
    write = -1
  }

  deinit {
    if read >= 0 { close(read) }
    if write >= 0 { close(write) }
  }

  /// Both to their ends, whichever has something first: a child that fills one while we wait for the other would hang.
  static func drain(_ first: borrowing Pipe, _ second: borrowing Pipe) -> ([UInt8], [UInt8]) {
    var results: ([UInt8], [UInt8]) = ([], [])
    var waiting = [
      pollfd(fd: first.read, events: Int16(POLLIN), revents: 0), pollfd(fd: second.read, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while waiting.contains(where: { $0.fd >= 0 }) {
      guard poll(&waiting, 2, -1) >= 0 || errno == EINTR else { break }
      for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
        #if canImport(Darwin)
        let count = Darwin.read(waiting[index].fd, &buffer, buffer.count)
        #elseif canImport(Musl)
        let count = Musl.read(waiting[index].fd, &buffer, buffer.count)
        #else
        let count = Glibc.read(waiting[index].fd, &buffer, buffer.count)
        #endif
        if count > 0 {
          if index == 0 { results.0 += buffer[..<count] } else { results.1 += buffer[..<count] }
        } else if count == 0 || errno != EINTR {
          waiting[index].fd = -1
        }
      }
    }
    return results
  }
}
