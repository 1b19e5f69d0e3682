import Diagnostics
import SpaceModel

/// What a second import would do, told from the items of two exports.
public struct ExportDifference: Hashable, Sendable {
  /// Ids only the new one has: an import makes them.
  public var added: [String] = []
  /// Ids with the names of what differs: an import passes them over, because the site knows them already.
  public var changed: [(id: String, fields: [String])] {
    changes.map { ($0.id, $0.fields) }
  }
  /// Ids only the old one has: they stay on the site.
  public var removed: [String] = []
  /// How many are the same.
  public var unchanged = 0

  private var changes: [Change] = []

  private struct Change: Hashable, Sendable {
    var id: String
    var fields: [String]
  }

  /// - Parameters:
  ///   - old: the text of one `items.json`, and what a failure calls it.
  ///   - new: of another.
  public init(old: (json: JSONValue, name: String), new: (json: JSONValue, name: String)) throws(Failure) {
    let before = try ExportDifference.items(old.json, old.name)
    let after = try ExportDifference.items(new.json, new.name)
    for id in Set(before.keys).union(after.keys).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let was = before[id] else {
        added.append(id)
        continue
      }
      guard let item = after[id] else {
        removed.append(id)
        continue
      }
      let keys = Set(was.keys).union(item.keys).sorted().filter { was[$0] != item[$0] }
      if keys.isEmpty { unchanged += 1 } else { changes.append(Change(id: id, fields: keys)) }
    }
  }

  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changes.isEmpty }

  private static func items(_ json: JSONValue, _ name: String) throws(Failure) -> [String: [String: JSONValue]] {
    guard json["format_version"]?.intValue == 1, let items = json["items"]?.objectValue else {
      throw Failure(
        doing: "reading \(name)", problem: "it is not what an export writes",
        help: "Name folders that `spaceform-tracker export` wrote.")
    }
    return items.mapValues { $0.objectValue ?? [:] }
  }
}
