import Foundation
import Locking

/// One thread on which all tasks of one run take turns, in the order in which they became ready, so that a run is the same run
/// each time.
final class SerialRun: TaskExecutor, @unchecked Sendable {
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var isOver = false

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.lock()
    jobs.append(job)
    condition.signal()
    condition.unlock()
  }

  /// Runs the body with everything it starts on the calling thread, and returns when it has ended.
  static func perform<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
    let run = SerialRun()
    let result = Locked<Value?>(nil)
    Task(executorPreference: run) {
      let value = await body()
      result.withLock { $0 = value }
      run.end()
    }
    run.work()
    guard let value = result.withLock({ $0 }) else { preconditionFailure("a run ended without a result") }
    return value
  }

  private func end() {
    condition.lock()
    isOver = true
    condition.signal()
    condition.unlock()
  }

  private func work() {
    var next = 0
    condition.lock()
    while true {
      if next < jobs.count {
        let job = jobs[next]
        next += 1
        if next == jobs.count {
          jobs.removeAll(keepingCapacity: true)
          next = 0
        }
        condition.unlock()
        job.runSynchronously(on: asUnownedTaskExecutor())
        condition.lock()
      } else if isOver {
        break
      } else {
        condition.wait()
      }
    }
    condition.unlock()
  }
}
