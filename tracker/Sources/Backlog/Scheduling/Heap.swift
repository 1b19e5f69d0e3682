/// The smallest of many, again and again.
struct Heap<Element: Comparable> {
  private var elements: [Element] = []

  var isEmpty: Bool { elements.isEmpty }
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var place = elements.count - 1
    while place > 0, elements[place] < elements[(place - 1) / 2] {
      elements.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var place = 0
    while true {
      var smallest = place
      for child in [place * 2 + 1, place * 2 + 2] where child < elements.count && elements[child] < elements[smallest] {
        smallest = child
      }
      guard smallest != place else { return first }
      elements.swapAt(place, smallest)
      place = smallest
    }
  }
}
