import SpaceModel
import State

/// The messages of the commits on the branch: the one that ends an apply is what `git log` shows of it.
enum ApplyMessage {
  private static let longest = 40

  static func began(_ project: String, _ lease: Lease) -> String {
    "\(project): an apply began\n\n" + trailers(lease, revision: nil)
  }

  static func goesOn(_ project: String, _ lease: Lease, operations: Int) -> String {
    "\(project): an apply goes on, \(count(operations, "operation")) so far\n\n" + trailers(lease, revision: nil)
  }

  /// - Parameters:
  ///   - base: the lock it started from.
  ///   - unsettled: operations of which nobody knows yet how they ended.
  static func ended(
    _ project: String, _ lease: Lease, from base: Lock?, to lock: Lock?, operations: Int, isSettled: Bool
  ) -> String {
    let before = base?.spaces ?? [:]
    let after = lock?.spaces ?? [:]
    let added = after.keys.filter { before[$0] == nil }.sorted()
    let changed = after.keys.filter { before[$0] != nil && before[$0] != after[$0] }.sorted()
    let removed = before.keys.filter { after[$0] == nil }.sorted()
    var parts: [String] = []
    if !added.isEmpty { parts.append("\(added.count) added") }
    if !changed.isEmpty { parts.append("\(changed.count) changed") }
    if !removed.isEmpty { parts.append("\(removed.count) removed") }
    var title = parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
    if parts.isEmpty, lock != base { title = "the lock's revision changed" }
    if operations > 0 { title += ", \(count(operations, "operation"))" }
    if !isSettled { title += ", not finished" }
    let lines = added.map { "+ \($0)" } + changed.map { "~ \($0)" } + removed.map { "- \($0)" }
    var body = lines.prefix(longest).joined(separator: "\n")
    if lines.count > longest { body += "\n… and \(lines.count - longest) more" }
    return "\(project): \(title)\n\n" + (body.isEmpty ? "" : body + "\n\n") + trailers(lease, revision: lock?.revision)
  }

  static func unlocked(_ project: String, _ lease: Lease, was holder: Lease.Holder?) -> String {
    "\(project): the lease of \(holder?.owner ?? "nobody known") was ended by hand\n\n" + trailers(lease, revision: nil)
  }

  private static func trailers(_ lease: Lease, revision: String?) -> String {
    var lines = ["Term: \(lease.term), \(lease.sequence)"]
    if let holder = lease.holder {
      lines.append("By: \(holder.owner)")
      if let page = holder.page { lines.append("Run: \(page)") }
    }
    if let revision { lines.append("Revision: \(revision)") }
    return lines.joined(separator: "\n") + "\n"
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
