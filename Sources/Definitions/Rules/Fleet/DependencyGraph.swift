import Diagnostics

/// Who waits for whom.
struct DependencyGraph {
  struct Edge {
    var from: Int
    var to: Int
    var span: SourceSpan
  }

  private let edges: [[Edge]]

  init(_ fleet: FleetDraft) {
    edges = fleet.spaces.indices.map { index in
      guard fleet.spaces[index].namesOthers else { return [] }
      let space = fleet.spaces[index]
      let references = space.variables.flatMap { variable in
        variable.value.references.compactMap { reference -> Edge? in
          guard case .one(let target) = fleet.names.find(reference.target), target != index else { return nil }
          return Edge(from: index, to: target, span: variable.span(of: reference.range))
        }
      }
      let waits = space.dependsOn.compactMap { entry -> Edge? in
        guard case .one(let target) = fleet.names.find(entry.value) else { return nil }
        return Edge(from: index, to: target, span: entry.place.value)
      }
      return references + waits
    }
  }

  /// One shortest circle for every knot of Spaces that depend on each other, in the order of the fleet.
  var cycles: [[Edge]] {
    guard edges.contains(where: { !$0.isEmpty }) else { return [] }
    let knots = self.knots
    var members: [Int: [Int]] = [:]
    for (index, knot) in knots.enumerated() { members[knot, default: []].append(index) }
    return members.values.compactMap { shortestCycle(from: $0[0], knots) }.sorted { $0[0].from < $1[0].from }
  }

  /// Breadth first from one member of a knot back to itself, without leaving the knot; nil when there is no way.
  private func shortestCycle(from start: Int, _ knots: [Int]) -> [Edge]? {
    var arrival: [Int: Edge] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let place = queue[next]
      next += 1
      for edge in edges[place] where knots[edge.to] == knots[start] {
        guard edge.to != start else {
          var path = [edge]
          var step = place
          while step != start, let before = arrival[step] {
            path.append(before)
            step = before.from
          }
          return path.reversed()
        }
        if arrival[edge.to] == nil {
          arrival[edge.to] = edge
          queue.append(edge.to)
        }
      }
    }
    return nil
  }

  /// For each Space the number of its strongly connected component (Tarjan's algorithm, with a stack of its own: a chain of
  /// thousands of Spaces must not exhaust the program's).
  private var knots: [Int] {
    var order = [Int](repeating: -1, count: edges.count)
    var low = order
    var knot = order
    var open: [Int] = []
    var calls: [(place: Int, edge: Int)] = []
    var counter = 0
    for start in edges.indices where order[start] < 0 {
      calls.append((start, 0))
      while let (place, edge) = calls.last {
        if edge == 0 {
          order[place] = counter
          low[place] = counter
          counter += 1
          open.append(place)
        }
        if edge > 0 { low[place] = min(low[place], low[edges[place][edge - 1].to]) }
        var next = edge
        while next < edges[place].count {
          let target = edges[place][next].to
          next += 1
          if order[target] < 0 {
            calls[calls.count - 1].edge = next
            calls.append((target, 0))
            next = -1
            break
          }
          if knot[target] < 0 { low[place] = min(low[place], order[target]) }
        }
        if next < 0 { continue }
        calls.removeLast()
        if low[place] == order[place] {
          while let member = open.popLast() {
            knot[member] = place
            if member == place { break }
          }
        }
      }
    }
    return knot
  }
}
