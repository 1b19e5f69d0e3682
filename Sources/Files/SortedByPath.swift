/// Values sorted by their paths' UTF-8 bytes, each path once, as git sorts: made once, and searched without scanning.
public struct SortedByPath<Element: Sendable>: Sendable {
  public let elements: [Element]
  private let path: @Sendable (Element) -> String

  /// - Parameters:
  ///   - elements: in any order.
  ///   - path: by which they are sorted. Of a path that is there twice, the first stays.
  public init(_ elements: [Element], by path: @escaping @Sendable (Element) -> String) {
    self.path = path
    // Git lists in this order already; a check is one pass.
    if zip(elements, elements.dropFirst()).allSatisfy({ FileListing.precedes(path($0), path($1)) }) {
      self.elements = elements
      return
    }
    var sorted: [Element] = []
    sorted.reserveCapacity(elements.count)
    for element in elements.sorted(by: { FileListing.precedes(path($0), path($1)) })
    where sorted.last.map({ FileListing.precedes(path($0), path(element)) }) ?? true { sorted.append(element) }
    self.elements = sorted
  }

  public func element(at path: String) -> Element? {
    let index = firstIndex { !FileListing.precedes($0, path) }
    return index < elements.count && self.path(elements[index]).utf8.elementsEqual(path.utf8) ? elements[index] : nil
  }

  /// The first index whose path a predicate holds for, when it holds for every later one too.
  func firstIndex(where predicate: (String) -> Bool) -> Int {
    var (low, high) = (0, elements.count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(path(elements[middle])) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
