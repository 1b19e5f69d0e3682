import SpaceModel

/// The formats that one kind of file has had, and how a document of each becomes one of the next.
///
/// A format that changes gets a new number, a migration from the one before, and an example of the old one below
/// `Tests/StateTests/Examples`; a test fails while one of these is missing.
struct FormatHistory: Sendable {
  /// Turns a document of one format into one of the next.
  typealias Migration = @Sendable (JSONValue) -> JSONValue

  /// What this program writes.
  let current: Int
  /// By the number of the format that a migration starts from.
  let migrations: [Int: Migration]

  /// Where a number stands.
  enum Place: Hashable, Sendable { case current, older, newer, unknown }

  func place(of version: Int) -> Place {
    if version == current { return .current }
    if version > current { return .newer }
    return version > 0 ? .older : .unknown
  }

  /// Numbers below the current one that no migration starts from.
  var gaps: [Int] { (1..<max(1, current)).filter { migrations[$0] == nil } }

  /// The document in the current format; nil when a migration is missing on the way.
  func upgraded(_ document: JSONValue, from version: Int) -> JSONValue? {
    var document = document
    for step in version..<current {
      guard let migration = migrations[step] else { return nil }
      document = migration(document)
    }
    return document
  }
}
