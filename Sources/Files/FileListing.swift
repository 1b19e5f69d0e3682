import Diagnostics

/// The files of a tree, sorted once: a thousand Spaces ask for a folder each, and none of them scans the tree again.
public struct FileListing: Sendable {
  /// Sorted by path's UTF-8 bytes, each path once.
  public let files: [SourceFile]
  private let hasObstacles: Bool

  public init(_ files: [SourceFile]) {
    hasObstacles = files.contains { $0.obstacle != nil }
    // Git lists in this order already; a check is one pass.
    let isSorted = zip(files, files.dropFirst()).allSatisfy { FileListing.precedes($0.path, $1.path) }
    if isSorted {
      self.files = files
      return
    }
    var sorted: [SourceFile] = []
    sorted.reserveCapacity(files.count)
    for file in files.sorted(by: { FileListing.precedes($0.path, $1.path) })
    where sorted.last.map({ FileListing.precedes($0.path, file.path) }) ?? true { sorted.append(file) }
    self.files = sorted
  }

  /// The files below a folder; `.` for all.
  public func files(under folder: String) -> [SourceFile] {
    if folder == "." { return files }
    let prefix = folder + "/"
    let start = firstIndex { !FileListing.precedes($0.path, prefix) }
    // The folder's files are neighbours: they end where a path no longer begins with the prefix.
    let end = firstIndex { !FileListing.precedes($0.path, prefix) && !$0.path.utf8.starts(with: prefix.utf8) }
    return Array(files[start..<max(start, end)])
  }

  public func file(at path: String) -> SourceFile? {
    let index = firstIndex { !FileListing.precedes($0.path, path) }
    return index < files.count && files[index].path.utf8.elementsEqual(path.utf8) ? files[index] : nil
  }

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

  // The first index a predicate holds for, when it holds for every later one too.
  private func firstIndex(where predicate: (SourceFile) -> Bool) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if predicate(files[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
