/// Finds what waits for itself.
struct DependencyCycles {
  private let successors: [[Int]]

  init(_ graph: DependencyGraph) { successors = graph.successors }

  /// One shortest cycle of nodes for each set of nodes that wait for each other, by the lowest node in it.
  func all() -> [[Int]] { components().filter { $0.count > 1 }.compactMap(shortestCycle).sorted { $0[0] < $1[0] } }

  /// Strongly connected components, after Tarjan, with a stack of our own: a chain of 20,000 items is no reason to run out of one.
  private func components() -> [[Int]] {
    var number = [Int](repeating: -1, count: successors.count)
    var low = number
    var isOpen = [Bool](repeating: false, count: successors.count)
    var open: [Int] = []
    var components: [[Int]] = []
    var counter = 0
    for root in successors.indices where number[root] < 0 {
      var calls = [(node: root, next: 0)]
      while let call = calls.last {
        let node = call.node
        if call.next == 0 {
          number[node] = counter
          low[node] = counter
          counter += 1
          open.append(node)
          isOpen[node] = true
        }
        if call.next < successors[node].count {
          let other = successors[node][call.next]
          calls[calls.count - 1].next += 1
          if number[other] < 0 {
            calls.append((other, 0))
          } else if isOpen[other] {
            low[node] = min(low[node], number[other])
          }
          continue
        }
        calls.removeLast()
        if let caller = calls.last?.node { low[caller] = min(low[caller], low[node]) }
        guard low[node] == number[node] else { continue }
        var component: [Int] = []
        while let last = open.popLast() {
          isOpen[last] = false
          component.append(last)
          if last == node { break }
        }
        components.append(component)
      }
    }
    return components
  }

  private func shortestCycle(in component: [Int]) -> [Int]? {
    let members = Set(component)
    guard let start = component.min() else { return nil }
    var cameFrom: [Int: Int] = [:]
    var queue = [start]
    var place = 0
    while place < queue.count {
      let node = queue[place]
      place += 1
      for other in successors[node] where members.contains(other) {
        if other == start {
          var cycle = [node]
          while let before = cameFrom[cycle[cycle.count - 1]] { cycle.append(before) }
          return cycle.reversed()
        }
        if cameFrom[other] == nil {
          cameFrom[other] = node
          queue.append(other)
        }
      }
    }
    return nil
  }
}
