/// What comes before what, with a beginning and an end for each item: a parent begins before its children and ends after them, and
/// what is blocked begins after what blocks it. So a dependency on an epic costs one edge, whatever lies in it.
struct DependencyGraph: Sendable {
  /// Nodes each node leads to. Node `2 × item` is the item's beginning, the next one its end.
  private(set) var successors: [[Int]]

  /// - Parameter isDone: of each item, whether nothing waits for it any more, and so neither through it for others.
  init(_ backlog: Backlog, isDone: [Bool]? = nil) {
    successors = [[Int]](repeating: [], count: backlog.items.count * 2)
    for (index, item) in backlog.items.enumerated() {
      if item.children.isEmpty { connect(DependencyGraph.begin(index), DependencyGraph.end(index)) }
      for child in item.children {
        connect(DependencyGraph.begin(index), DependencyGraph.begin(child))
        connect(DependencyGraph.end(child), DependencyGraph.end(index))
      }
      for blocker in item.blockedBy {
        guard let other = backlog.index(of: blocker.value), other != index,
          isDone.map({ !$0[other] && !$0[index] }) ?? true
        else { continue }
        connect(DependencyGraph.end(other), DependencyGraph.begin(index))
      }
    }
  }

  static func begin(_ item: Int) -> Int { item * 2 }
  static func end(_ item: Int) -> Int { item * 2 + 1 }
  static func item(_ node: Int) -> Int { node / 2 }

  mutating func connect(_ from: Int, _ to: Int) { successors[from].append(to) }

  var predecessors: [[Int]] {
    var predecessors = [[Int]](repeating: [], count: successors.count)
    for (node, next) in successors.enumerated() { for other in next { predecessors[other].append(node) } }
    return predecessors
  }

  /// Every node behind those before it; nil when there is a cycle.
  var order: [Int]? {
    var waiting = [Int](repeating: 0, count: successors.count)
    for next in successors { for node in next { waiting[node] += 1 } }
    var order = successors.indices.filter { waiting[$0] == 0 }
    var place = 0
    while place < order.count {
      for node in successors[order[place]] {
        waiting[node] -= 1
        if waiting[node] == 0 { order.append(node) }
      }
      place += 1
    }
    return order.count == successors.count ? order : nil
  }
}
