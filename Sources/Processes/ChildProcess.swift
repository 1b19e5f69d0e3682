import Platform

/// A program, run to its end without a shell. Its standard input is empty.
public struct ChildProcess: Sendable {
  /// Where what it writes to standard error goes.
  public enum Errors: Sendable { case captured, ours }

  public struct Output: Sendable {
    /// The exit status; 128 and the signal's number when a signal ended it.
    public var status: Int32
    /// Standard output.
    public var bytes: [UInt8]
    /// Standard error, when it was captured.
    public var errors: [UInt8]
  }

  /// Why nothing was started: a number of `errno`.
  public struct NotStarted: Error, Sendable, CustomStringConvertible {
    public var code: Int32
    public var description: String { String(cString: strerror(code)) }
  }

  /// Looked for on our own PATH unless it has a slash.
  public var program: String
  public var arguments: [String]
  /// The program's whole environment.
  public var environment: [String: String]
  /// Where it runs; nil where we do.
  public var folder: String?
  public var errors: Errors

  public init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String? = nil,
    errors: Errors = .captured
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.errors = errors
  }

  /// Waits for its end, whatever its status.
  public func run() throws(NotStarted) -> Output {
    var output = Pipe()
    var complaints = Pipe()
    let process = try start(&output, &complaints, inOwnGroup: false)
    let (bytes, errors) = Pipe.drain(output, complaints)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Output(status: ChildProcess.exitStatus(status), bytes: bytes, errors: errors)
  }

  /// The low seven bits are the signal, as wait(2) has it; the macros do not import.
  static func exitStatus(_ status: Int32) -> Int32 { status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f) }

  /// - Parameter inOwnGroup: whether Ctrl-C at the terminal spares it, and a signal to its group reaches what it started itself.
  func start(_ output: inout Pipe, _ complaints: inout Pipe, inOwnGroup: Bool) throws(NotStarted) -> pid_t {
    // A pipe is inherited by every child started before it is marked; then its reader waits for that child too. So one at a time.
    pthread_mutex_lock(ChildProcess.starting)
    defer { pthread_mutex_unlock(ChildProcess.starting) }
    guard output.open() else { throw NotStarted(code: errno) }
    if errors == .captured, !complaints.open() { throw NotStarted(code: errno) }

    var actions = FileActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    if errors == .captured { posix_spawn_file_actions_adddup2(&actions, complaints.write, 2) }

    var attributes = Attributes()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What we ignore would be ignored by the program too, and Ctrl-C would not end it.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, numericCast(POSIX_SPAWN_SETSIGDEF | (inOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)))

    // glibc's call for the folder is not among the declarations that Swift sees; a shell that only changes to it is everywhere.
    let inFolder = folder.map { ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", $0] } ?? []
    let words = CStrings(inFolder + [program] + arguments)
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    var process: pid_t = 0
    let started = posix_spawnp(&process, inFolder.first ?? program, &actions, &attributes, words.pointers, variables.pointers)
    output.closeWrite()
    complaints.closeWrite()
    guard started == 0 else { throw NotStarted(code: started) }
    return process
  }

  private nonisolated(unsafe) static let starting: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    return mutex
  }()
}

#if canImport(Darwin)
private typealias FileActions = posix_spawn_file_actions_t?
private typealias Attributes = posix_spawnattr_t?
#else
private typealias FileActions = posix_spawn_file_actions_t
private typealias Attributes = posix_spawnattr_t
#endif

/// An array of C strings that ends with a null pointer.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]
  init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }
  deinit { pointers.forEach { free($0) } }
}
