import Diagnostics
import HubAPI
import Reconciler
import Reports
import SpaceModel
import State

/// Removes previews that nobody changed for longer than they are to live.
struct PreviewSweep {
  let place: PreviewPlace

  func run() async throws {
    let base = place.project.folder.environmentName
    let origin = place.project.fleet
    let lifetime = origin.project.preview.timeToLive
    let environments = try place.store(base).environments()
    let numbers = environments.compactMap { PreviewFleet.number(ofEnvironment: $0, base: base) }.sorted()
    let names = numbers.map { "#\($0)" }.joined(separator: ", ")
    place.options.note(numbers.isEmpty ? "There are no previews." : "Previews: \(names).")
    var problems: [any Error] = []
    for number in numbers {
      let work = PreviewWork(place: place, preview: PreviewFleet(of: origin, number: number))
      do {
        let age = try await age(try place.store(work.preview.environment).read())
        guard age.map({ $0 > Double(lifetime.seconds) }) ?? true else { continue }
        place.options.note("The preview of change \(number) is older than \(lifetime).")
        try await work.remove(.expired(lifetime))
      } catch {
        // One that cannot be removed does not keep the others; what an apply has told already is not told again.
        if let failure = error as? Failure {
          place.options.note("The preview of change \(number): \(failure.doing): \(failure.problem)")
        }
        problems.append(error)
      }
    }
    if let problem = problems.last { throw problem }
  }

  /// How many seconds ago the newest of the copies was changed; nil when none is there any more.
  private func age(_ lock: Lock?) async throws(Failure) -> Double? {
    var newest: Timestamp?
    for address in (lock?.spaces ?? [:]).keys.sorted() {
      do {
        let live = try await place.hub.space(address)
        newest = [newest, live.createdAt, live.lastModified].compactMap(\.self).max()
      } catch {
        guard error.isNotFound else { throw error.failure(doing: "reading \(address)") }
      }
    }
    let now = SystemClock.now().advanced(bySeconds: await place.hub.clockOffset ?? 0)
    return newest.map { now.seconds(since: $0) }
  }
}
