import Cryptography
import Diagnostics
import Files
import Git
import Locking
import Platform
import SpaceModel
import State

/// The lock on a branch of a remote: whoever can push there can apply, one at a time, and the git server decides who.
///
/// A push that moves the branch from where it was seen is the compare and swap that everything rests on (DESIGN section 5). Reading takes
/// no lease and leaves no trace on the remote.
public struct GitStateStore: StateStore {
  /// What a store works with beside the project itself.
  public struct Surroundings: Sendable {
    public var identity: RunIdentity
    /// The process's own; git gets it.
    public var environment: [String: String]
    public var clock: LeaseClock
    /// How many real seconds one fetch or push may take.
    public var gitSeconds: Double
    /// How many seconds, on the clock, to wait for a lease that somebody else holds.
    public var patience: Double
    /// Where a run's folder goes when the project may not be written to.
    public var temporaryFolder: String
    /// Whether to give up: asked before anything is begun, and while waiting.
    public var isInterrupted: @Sendable () -> Bool
    /// Says something to whoever waits.
    public var note: @Sendable (String) -> Void

    public init(
      identity: RunIdentity, environment: [String: String], clock: LeaseClock = .system(), gitSeconds: Double = 60,
      patience: Double = 0, temporaryFolder: String = FileManager.default.temporaryDirectory.path,
      isInterrupted: @escaping @Sendable () -> Bool = { false }, note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
      self.identity = identity
      self.environment = environment
      self.clock = clock
      self.gitSeconds = gitSeconds
      self.patience = patience
      self.temporaryFolder = temporaryFolder
      self.isInterrupted = isInterrupted
      self.note = note
    }
  }

  private let folder: String
  private let environmentName: String?
  private let project: String
  private let declaration: GitStoreDeclaration
  private let surroundings: Surroundings
  /// One fetch serves all that one command reads.
  private let fetched = Locked<Snapshot?>(nil)

  /// - Parameters:
  ///   - folder: the project folder, as commands shown to the user should name it.
  ///   - environment: the one chosen by `--env`.
  ///   - project: the project's name.
  ///   - declaration: what `state:` of the project file says.
  ///   - surroundings: the clock, the run and the person.
  public init(
    folder: String, environment: String?, project: String, declaration: GitStoreDeclaration, surroundings: Surroundings
  ) {
    self.folder = folder
    environmentName = environment
    self.project = project
    self.declaration = declaration
    self.surroundings = surroundings
  }

  public func read() throws(Failure) -> Lock? {
    let (snapshot, place) = try look()
    return try BranchState.lock(snapshot, place)
  }

  public func remembered() -> Lock? {
    guard let seen = try? seen(), seen.memory != nil else { return nil }
    return (try? AtomicFile.read(seen.lockFile)).flatMap(\.self).flatMap {
      try? LockCodec.parse($0, file: "the lock last seen")
    }
  }

  public func openJournal() throws(Failure) -> OpenJournal? {
    let (snapshot, place) = try look()
    // Of a run that is at work the journal is open too, and nothing is wrong with that.
    let lease = try snapshot.lease.map { bytes throws(Failure) in
      try LeaseCodec.parse(bytes, file: place.text(place.folder.lease))
    }
    return lease?.holder == nil ? try BranchState.journal(snapshot, place) : nil
  }

  public func holder() throws(Failure) -> LeaseHolder? {
    let (snapshot, place) = try look()
    return try snapshot.lease.flatMap { bytes throws(Failure) in
      try LeaseCodec.parse(bytes, file: place.text(place.folder.lease)).holder?.described
    }
  }

  public func begin() throws(Failure) -> any StateSession {
    try inOwnFolder { run throws(Failure) in try acquire(run, replacing: false) }
  }

  public func beginReplacing() throws(Failure) -> any StateSession {
    try inOwnFolder { run throws(Failure) in try acquire(run, replacing: true) }
  }

  public func unlock(_ confirm: (LeaseHolder?) -> Bool) throws(Failure) -> Bool {
    let run = try SessionFolder(in: try places())
    defer { run.remove() }
    let branch = try branch(run)
    let snapshot = try branch.fetch()
    guard let bytes = snapshot.lease else { return false }
    let seen = try seen()
    let read = try? LeaseCodec.parse(bytes, file: branch.place.folder.lease)
    if let read, read.holder == nil { return false }
    guard confirm(read?.holder?.described) else { return false }
    var lease = read
    if lease == nil { lease = try branch.lastReadableLease() }
    let free =
      read?.ended(by: run.id)
      ?? Lease(
        term: max(lease?.term ?? 0, seen.memory?.term ?? 0) + 1, sequence: 0, duration: declaration.lease.seconds, holder: nil,
        endedBy: run.id)
    let change = StateBranch.Change(
      files: [branch.place.folder.lease: Array(LeaseCodec.text(free).utf8)],
      message: ApplyMessage.unlocked(project, free, was: read?.holder), isCheckpoint: false)
    switch try branch.push(change, on: snapshot, isMine: { $0.lease == Array(LeaseCodec.text(free).utf8) }) {
    case .landed(let now):
      seen.remember(now, term: free.term)
      return true
    case .moved:
      throw Failure(
        doing: "ending the lease on the state of \(project)",
        problem: "the branch \(declaration.branch) moved at that moment: somebody is at work there",
        help: "Run the command again, if the holder is the same.", status: .leased)
    }
  }

  // MARK: Places

  /// Where runs of this project and environment have their folders.
  private func places() throws(Failure) -> [String] {
    let paths = try StatePaths(folder: folder, environment: environmentName)
    // Where this fails the second place is tried, and if that fails too, its failure is told.
    try? PrivateFolder.make(paths.privateFolder, ignoreFile: paths.ignoreFile, in: folder)
    let name = "state" + (environmentName.map { ".\($0)" } ?? "")
    let own = paths.privateFolder.hasPrefix("/") ? paths.privateFolder : current + paths.privateFolder
    let temporary = surroundings.temporaryFolder
    let mark = Digest.sha256Hex(Array(own.utf8)).prefix(16)
    return ["\(own)/\(name)", "\(temporary)\(temporary.hasSuffix("/") ? "" : "/")spaceform-\(getuid())-\(mark)-\(name)"]
  }

  private var current: String { FileManager.default.currentDirectoryPath + "/" }

  func seen() throws(Failure) -> SeenBranch {
    SeenBranch(
      folder: try places()[0], remote: GitRemote.shown(declaration.remote),
      branch: declaration.branch)
  }

  func branch(_ run: SessionFolder) throws(Failure) -> StateBranch {
    let remote = try GitRemote(
      declaration.remote, branch: declaration.branch, projectFolder: folder, environment: surroundings.environment,
      seconds: surroundings.gitSeconds)
    return StateBranch(
      remote: remote, repository: try BareRepository(making: run.repository),
      place: BranchPlace(
        remote: remote.name, branch: declaration.branch,
        folder: BranchFolder(project: project, environment: environmentName)),
      author: GitIdentity(environment: surroundings.environment, configuration: remote.configuration))
  }

  func inOwnFolder<Result>(_ body: (SessionFolder) throws(Failure) -> Result) throws(Failure) -> Result {
    let places = try places()
    SessionFolder.removeEnded(in: places, all: false)
    let run = try SessionFolder(in: places)
    do throws(Failure) { return try body(run) } catch {
      run.remove()
      throw error
    }
  }

  // MARK: Reading

  private func look() throws(Failure) -> (Snapshot, BranchPlace) {
    try fetched.withLock { known throws(Failure) in
      let place = BranchPlace(
        remote: GitRemote.shown(declaration.remote), branch: declaration.branch,
        folder: BranchFolder(project: project, environment: environmentName))
      if let known { return (known, place) }
      let snapshot = try inOwnFolder { run throws(Failure) in
        let snapshot = try branch(run).fetch()
        run.remove()
        return snapshot
      }
      let term = snapshot.lease.flatMap { try? LeaseCodec.parse($0, file: place.folder.lease).term }
      let seen = try seen()
      try seen.check(snapshot, term: term)
      seen.remember(snapshot, term: term)
      known = snapshot
      return (snapshot, place)
    }
  }

  // MARK: The lease

  private func acquire(_ run: SessionFolder, replacing: Bool) throws(Failure) -> any StateSession {
    let branch = try branch(run)
    let places = try places()
    let clock = surroundings.clock
    let seen = try seen()
    var watch = LeaseWatch(run: surroundings.identity.run, attempt: surroundings.identity.attempt)
    let started = clock.now()
    var isWaiting = false
    while true {
      try requireGoingOn()
      let snapshot = try branch.fetch()
      try requireGoingOn()
      let now = clock.now()
      let lease = try snapshot.lease.map { bytes throws(Failure) in
        try LeaseCodec.parse(bytes, file: branch.place.text(branch.place.folder.lease))
      }
      if !replacing { try seen.check(snapshot, term: lease?.term) }
      switch watch.verdict(on: lease, at: now, endedHere: { SessionFolder.hasEnded($0, in: places) }) {
      case .held(let remaining):
        guard let lease, clock.now() - started < surroundings.patience else { throw leased(lease, waited: isWaiting) }
        if !isWaiting { noteWaiting(for: lease, remaining) }
        isWaiting = true
        pause(min(max(2, Double(lease.duration) / 30), 10))
      case .free:
        if let session = try take(run, branch, snapshot, lease, seen, places, replacing) { return session }
        clock.sleep(Double.random(in: 0.05...0.5) * clock.speed)
      case .takeOver(let reason):
        if let holder = lease?.holder { noteTakeover(from: holder, reason) }
        if let session = try take(run, branch, snapshot, lease, seen, places, replacing) { return session }
        clock.sleep(Double.random(in: 0.05...0.5) * clock.speed)
      }
    }
  }

  /// Nil when somebody else moved the branch first.
  private func take(
    _ run: SessionFolder, _ branch: StateBranch, _ snapshot: Snapshot, _ last: Lease?, _ seen: SeenBranch, _ places: [String],
    _ replacing: Bool
  ) throws(Failure) -> GitStateSession? {
    let base = replacing ? (try? BranchState.lock(snapshot, branch.place)) : try BranchState.lock(snapshot, branch.place)
    var inherited =
      replacing ? (try? BranchState.journal(snapshot, branch.place)) : try BranchState.journal(snapshot, branch.place)
    if let holder = last?.holder {
      let left = try SessionFolder.left(by: holder.session, in: places)
      inherited = JournalContent.merged(inherited, local: left.journal, announced: left.announced)
    }
    let content = JournalContent(inherited: inherited, base: LockCodec.digest(base))
    let lease = Lease.taken(
      after: last, by: surroundings.identity.holder(session: run.id), duration: declaration.lease.seconds,
      seenTerm: seen.memory?.term ?? 0)
    let text = Array(LeaseCodec.text(lease).utf8)
    let change = StateBranch.Change(
      files: [branch.place.folder.lease: text, branch.place.folder.journal: content.text.map { Array($0.utf8) }],
      message: ApplyMessage.began(project, lease), isCheckpoint: true)
    try AtomicFile.replace(run.isHolder, with: [])
    let sentAt = surroundings.clock.now()
    switch try branch.push(change, on: snapshot, isMine: { $0.lease == text }) {
    case .moved: return nil
    case .landed(let now):
      seen.remember(now, term: lease.term)
      let journal = try JournalFile(path: run.journal, folder: run.path, baseLock: LockCodec.digest(base))
      let paths = try StatePaths(folder: folder, environment: environmentName)
      return GitStateSession(
        run: run, branch: branch, project: project, base: base, inherited: inherited, content: content, journal: journal,
        lease: lease, tip: now, sentAt: sentAt, clock: surroundings.clock, seen: seen,
        recovery: GitRecovery(paths: paths, project: project, temporaryFolder: surroundings.temporaryFolder),
        finished: { SessionFolder.removeEnded(in: places, all: true) })
    }
  }

  /// In naps, so that a signal is noticed soon.
  private func pause(_ seconds: Double) {
    let clock = surroundings.clock
    let nap = 0.2 * clock.speed
    var left = seconds
    while left > 0, !surroundings.isInterrupted() {
      clock.sleep(min(nap, left))
      left -= nap
    }
  }

  private func requireGoingOn() throws(Failure) {
    guard surroundings.isInterrupted() else { return }
    throw Failure(
      doing: "taking the lease on the state of \(project)", problem: "stopped before it was taken", status: .interrupted)
  }

  // MARK: Words

  private func leased(_ lease: Lease?, waited: Bool) -> Failure {
    let silence = TimeSpan(seconds: (lease?.duration ?? 0) + Int(Lease.margin))
    return Failure(
      doing: "taking the lease on the state of \(project)",
      problem: "\(lease?.holder?.described.description ?? "somebody") holds it\(waited ? " still" : "")",
      help: "To wait for it, and to take over from a run that gave no sign for \(silence), run the command again with "
        + "`--lease-timeout \(TimeSpan(seconds: silence.seconds + 60))`. Of a run that you know to be dead `spaceform state unlock` "
        + "ends the lease at once.", status: .leased)
  }

  private func noteWaiting(for lease: Lease, _ remaining: Double) {
    surroundings.note(
      "Waiting for the lease: \(lease.holder?.described.description ?? "somebody") holds it. Without a sign of that run it is taken "
        + "over in \(Int(remaining.rounded(.up))) s.")
  }

  private func noteTakeover(from holder: Lease.Holder, _ reason: LeaseWatch.Reason) {
    let why =
      switch reason {
      case .silence: "it gave no sign for too long"
      case .laterAttempt: "this is a later attempt of that run"
      case .endedHere: "its process on this machine is gone"
      }
    surroundings.note("Taking the lease over from \(holder.described): \(why).")
  }
}
