import Diagnostics
import State

/// The state of a process that may die or fail to write at any moment: nothing it is told after its death reaches the disk.
struct WatchedSession: StateSession {
  let session: any StateSession
  let witness: Witness

  var base: Lock? { session.base }
  var inherited: OpenJournal? { session.inherited }

  func record(_ intent: Intent) throws(Failure) {
    try write("intent") { () throws(Failure) in try session.record(intent) }
    witness.recorded(intent)
  }

  func record(_ outcome: Outcome) throws(Failure) {
    witness.recorded(outcome)
    try write("outcome") { () throws(Failure) in try session.record(outcome) }
  }

  func save(_ lock: Lock) throws(Failure) {
    witness.note("save \(LockCodec.digest(lock) ?? "")")
    try write("lock") { () throws(Failure) in try session.save(lock) }
  }

  func close(settled: Bool) throws(Failure) {
    witness.note("close \(settled)")
    if settled {
      try write("end of the journal") { () throws(Failure) in try session.close(settled: true) }
    } else {
      try live()
      try session.close(settled: false)
    }
  }

  private func write(_ what: String, _ body: () throws(Failure) -> Void) throws(Failure) {
    try live()
    let (fails, after) = witness.failsWrite()
    let failure = Failure(doing: "writing the \(what)", problem: "a planned failure of the disk")
    if fails, !after { throw failure }
    try body()
    if fails { throw failure }
    try live()
  }

  private func live() throws(Failure) {
    if witness.cross(mayWait: false).isDead { throw Failure(doing: "simulating", problem: "the process is dead") }
  }
}
