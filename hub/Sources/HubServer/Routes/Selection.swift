import Foundation
import HubSimulator
import SpaceModel

/// Which Spaces a list call is about, in which order.
struct Selection {
  private let author: String?
  private let search: String?
  private let filters: [String]
  private let models: [String]
  private let datasets: [String]
  private let linked: Bool
  private let sort: String?
  private let ascending: Bool
  private let sdk: String?
  private let running: Bool

  init(_ call: Call) {
    author = call.item("author")
    search = call.item("search")?.lowercased()
    filters = call.all("filter")
    models = call.all("models")
    datasets = call.all("datasets")
    linked = call.flag("linked")
    sort = call.item("sort")
    ascending = call.item("direction") == "1"
    sdk = call.item("sdk")
    running = call.item("includeNonRunning") == "false"
  }

  /// Hub ids of everything that matches and may be seen.
  func run(on world: inout World, for caller: Caller, at now: Timestamp) -> [String] {
    let owners = author.map { [$0] } ?? world.accounts.keys.sorted()
    let candidates = owners.flatMap { world.hubIDs(ownedBy: $0) }
    var seesAll = false
    if let author { seesAll = world.seesAll(of: author, caller) }
    if seesAll, search == nil, filters.isEmpty, models.isEmpty, datasets.isEmpty, !linked, sort == nil, sdk == nil, !running {
      return candidates
    }
    var matching = candidates.filter { hubID in
      guard let space = world.spaces[hubID], seesAll || world.isVisible(space, to: caller) else { return false }
      if let search, !space.address.description.lowercased().contains(search) { return false }
      if let sdk, space.sdk?.rawValue != sdk { return false }
      let used = (models: names("models", of: space), datasets: names("datasets", of: space))
      if linked, used.models.isEmpty, used.datasets.isEmpty { return false }
      guard models.allSatisfy(used.models.contains), datasets.allSatisfy(used.datasets.contains) else { return false }
      let tags = Set((space.card.data["tags"]?.arrayValue ?? []).compactMap(\.stringValue) + [space.sdk?.rawValue ?? ""])
      return filters.allSatisfy(tags.contains)
    }
    if running { matching = matching.filter { world.settled($0, at: now)?.life.stage == .running } }
    guard let sort else { return matching }
    let key: (Space) -> Int64
    switch sort {
    case "createdAt": key = { $0.createdAt.milliseconds }
    case "lastModified": key = { $0.lastModified.milliseconds }
    case "likes", "trendingScore": key = { Int64($0.likes) }
    default: return matching
    }
    return matching.map { ($0, world.spaces[$0].map(key) ?? 0) }.sorted { ascending ? $0.1 < $1.1 : $0.1 > $1.1 }.map(\.0)
  }

  /// What a Space's card says it uses.
  private func names(_ key: String, of space: Space) -> Set<String> {
    Set((space.card.data[key]?.arrayValue ?? []).compactMap(\.stringValue))
  }

  /// The cursor after a page: the last address, so that a Space created or deleted meanwhile moves nothing; a number when the
  /// order is another one.
  func cursor(after hubID: String, at offset: Int, _ world: World) -> String {
    guard sort == nil, author != nil, let name = world.spaces[hubID]?.address.name else {
      return Paging.cursor(offset: offset)
    }
    return Data("\(offset)/\(name)".utf8).base64EncodedString()
  }

  func offset(of cursor: String?, in world: World, _ matching: [String]) -> Int {
    guard let cursor, let data = Data(base64Encoded: cursor) else { return 0 }
    let parts = String(decoding: data, as: UTF8.self).split(separator: "/", maxSplits: 1)
    guard let number = parts.first.flatMap({ Int($0) }) else { return 0 }
    guard parts.count == 2 else { return min(matching.count, max(0, number)) }
    var low = 0
    var high = matching.count
    while low < high {
      let middle = (low + high) / 2
      let name = world.spaces[matching[middle]]?.address.name ?? ""
      if parts[1].utf8.lexicographicallyPrecedes(name.utf8) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
