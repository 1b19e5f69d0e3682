import Diagnostics

/// The files of a tree, sorted once: a thousand Spaces ask for a folder each, and none of them scans the tree again.
public struct FileListing: Sendable {
  private let sorted: SortedByPath<SourceFile>
  private let hasObstacles: Bool

  public init(_ files: [SourceFile]) {
    hasObstacles = files.contains { $0.obstacle != nil }
    sorted = SortedByPath(files, by: \.path)
  }

  /// Sorted by path's UTF-8 bytes, each path once.
  public var files: [SourceFile] { sorted.elements }

  /// The files below a folder; `.` for all.
  public func files(under folder: String) -> [SourceFile] {
    if folder == "." { return files }
    let prefix = folder + "/"
    let start = sorted.firstIndex { !FileListing.precedes($0, prefix) }
    // The folder's files are neighbours: they end where a path no longer begins with the prefix.
    let end = sorted.firstIndex { !FileListing.precedes($0, prefix) && !$0.utf8.starts(with: prefix.utf8) }
    return Array(files[start..<max(start, end)])
  }

  public func file(at path: String) -> SourceFile? { sorted.element(at: path) }

  /// Fails when there is something at a path that cannot be read.
  public func checkObstacle(_ path: String) throws(Failure) {
    if hasObstacles, let obstacle = file(at: path)?.obstacle { throw obstacle.failure(reading: path) }
  }

  public static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in
        let common = min(left.count, right.count)
        for index in 0..<common where left[index] != right[index] { return left[index] < right[index] }
        return left.count < right.count
      }
    }.flatMap(\.self) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
