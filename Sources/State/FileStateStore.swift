import Diagnostics
import Files
import Platform

/// The lock in the work tree: `spaceform.lock`, or `spaceform.ENV.lock` with an environment, beside `spaceform.yaml`.
public struct FileStateStore: StateStore {
  private let folder: String
  private let environment: String?
  private let project: String
  private let temporaryFolder: String

  /// - Parameters:
  ///   - folder: the project folder, as commands shown to the user should name it.
  ///   - environment: the one chosen by `--env`.
  ///   - project: the project's name, for messages.
  ///   - temporaryFolder: where a lock goes that can be saved nowhere in the project.
  public init(
    folder: String, environment: String?, project: String, temporaryFolder: String = FileManager.default.temporaryDirectory.path
  ) {
    self.folder = folder
    self.environment = environment
    self.project = project
    self.temporaryFolder = temporaryFolder
  }

  public func read() throws(Failure) -> Lock? { try lock(StatePaths(folder: folder, environment: environment)) }

  public func remembered() -> Lock? { (try? read()).flatMap(\.self) }

  public func openJournal() throws(Failure) -> OpenJournal? {
    let paths = try StatePaths(folder: folder, environment: environment)
    guard let bytes = try AtomicFile.read(paths.journal) else { return nil }
    return try JournalCodec.parse(bytes, file: paths.journal)
  }

  public func begin() throws(Failure) -> any StateSession { try begin(replacing: false) }

  public func beginReplacing() throws(Failure) -> any StateSession { try begin(replacing: true) }

  /// A process, never a person: the kernel frees this lease with it, so there is none to end by hand.
  public func holder() throws(Failure) -> LeaseHolder? {
    let paths = try StatePaths(folder: folder, environment: environment)
    guard Posix.status(paths.lease) != nil else { return nil }
    do throws(Failure) {
      _ = try FileLock(paths.lease)
      return nil
    } catch {
      guard error.status == .leased else { throw error }
      let words = error.problem
      return LeaseHolder(owner: words.hasSuffix(" holds it") ? String(words.dropLast(" holds it".count)) : "another process")
    }
  }

  public func unlock(_ confirm: (LeaseHolder?) -> Bool) throws(Failure) -> Bool {
    guard let holder = try holder() else { return false }
    throw Failure(
      doing: "ending the lease on the state of \(project)", problem: "\(holder) holds it and is at work",
      help: "Wait until it ends, or stop it; the lease is freed the moment its process is gone.", status: .leased)
  }

  private func begin(replacing: Bool) throws(Failure) -> any StateSession {
    let paths = try StatePaths(folder: folder, environment: environment)
    try PrivateFolder.make(paths.privateFolder, ignoreFile: paths.ignoreFile, in: folder)
    let lease = try takeLease(paths)
    // Nobody else writes now, so what lies beside the lock was left by a process that was killed.
    try AtomicFile.removeLeftovers(of: paths.lock)
    let base = replacing ? (try? lock(paths)) : try lock(paths)
    if replacing, (try? openJournal()) == nil, Posix.status(paths.journal) != nil,
      renamePath(paths.journal, paths.journal + ".damaged") != 0
    {
      throw Failure.system("putting \(paths.journal) aside", code: errno)
    }
    let journal = try JournalFile(
      path: paths.journal, folder: paths.privateFolder, baseLock: LockCodec.digest(base))
    let recovery = Recovery(paths: paths, project: project, temporaryFolder: temporaryFolder)
    return FileStateSession(paths: paths, base: base, journal: journal, lease: lease, recovery: recovery)
  }

  private func lock(_ paths: StatePaths) throws(Failure) -> Lock? {
    guard let bytes = try AtomicFile.read(paths.lock) else { return nil }
    return try LockCodec.parse(bytes, file: paths.lockName)
  }

  private func takeLease(_ paths: StatePaths) throws(Failure) -> FileLock {
    do throws(Failure) {
      return try FileLock(paths.lease)
    } catch {
      guard error.status == .leased else { throw error }
      throw Failure(
        doing: "taking the lease on the state of \(project)", problem: "another apply is at work here (\(error.problem))",
        help: error.help, status: .leased)
    }
  }
}
