import Dispatch
import Locking

/// Looks for a regular expression in names, for a limited time: one such as `(a+)+$` tries every way to part a name, and of those there
/// are more than a machine has time for.
enum NameSearch {
  /// Seconds after which a pattern is given up. Thousands of names take a fraction of one.
  static let patience = 3.0

  /// Which of the names hold a match; nil when the pattern is no regular expression, or that is not found out in time.
  static func matches(_ pattern: String, in names: [String], patience: Double = patience) -> [Bool]? {
    let found = Locked<[Bool]?>(nil)
    let end = DispatchSemaphore(value: 0)
    // Apart, because a search cannot be called off: one that is given up goes on until the process ends. On a queue of its own, which
    // gets a thread also while all that are shared are busy.
    DispatchQueue(label: "name-pattern").async {
      if let expression = try? Regex(pattern) {
        let matches = names.map { (try? expression.firstMatch(in: $0)) != nil }
        found.withLock { $0 = matches }
      }
      end.signal()
    }
    return end.wait(timeout: .now() + patience) == .success ? found.withLock { $0 } : nil
  }
}
