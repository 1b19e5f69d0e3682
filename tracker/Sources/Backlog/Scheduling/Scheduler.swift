/// Makes a schedule: first what dependencies alone allow, then, item by item in the order of what hangs on them, who is free.
///
/// Pure, and the same for the same backlog: where two items could go first, the one with more work behind it does, then the one of
/// higher priority, then the lower number.
public struct Scheduler {
  private let backlog: Backlog
  private let order: [Int]
  private let graph: DependencyGraph
  private var days: WorkDays
  private let isDone: [Bool]
  /// By item: minutes on the calendar; 0 for what has parts and for what is done.
  private let length: [Int]
  private let earliest: [Int]
  private let roleIndex: [String: Int]

  /// - Returns: nil when the dependencies have a cycle.
  public static func schedule(_ backlog: Backlog) -> Schedule? {
    guard var scheduler = Scheduler(backlog) else { return nil }
    return scheduler.run()
  }

  private init?(_ backlog: Backlog) {
    let done = backlog.items.indices.map(backlog.isDone)
    // A cycle is one also where it goes through what is delivered.
    guard DependencyGraph(backlog).order != nil else { return nil }
    graph = DependencyGraph(backlog, isDone: done)
    guard let order = graph.order else { return nil }
    self.backlog = backlog
    self.order = order
    let project = backlog.project
    var days = WorkDays(calendar: project.calendar, hoursPerDay: project.hoursPerDay)
    let roles = Dictionary(project.team.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var length = [Int](repeating: 0, count: done.count)
    var earliest = length
    for (index, item) in backlog.items.enumerated() where !done[index] {
      if let date = item.notBefore?.value { earliest[index] = days.minute(notBefore: date) }
      guard item.children.isEmpty, let estimate = item.estimate?.value else { continue }
      let focus = backlog.role(of: index).flatMap { roles[$0] }.map { project.team[$0].focusPercent } ?? 100
      length[index] = (estimate.minutes * 100 + focus - 1) / focus
    }
    roleIndex = roles
    isDone = done
    self.length = length
    self.earliest = earliest
    self.days = days
  }

  private mutating func run() -> Schedule {
    let network = times(in: graph, order: order)
    let placed = level(tails: network.tails)
    var team = graph
    for chain in placed.chains.values {
      for (before, after) in zip(chain, chain.dropFirst()) {
        team.connect(DependencyGraph.end(before), DependencyGraph.begin(after))
      }
    }
    let last = placed.end.max() ?? 0
    let latest = team.order.map { latestEnds(in: team, order: $0, end: last) } ?? placed.end
    var schedule = Schedule(
      entries: [], sprints: [], start: backlog.project.calendar.start, end: backlog.project.calendar.start,
      criticalPath: network.path, criticalMinutes: network.path.reduce(0) { $0 + length[$1] }, totalMinutes: last, loads: [])
    schedule.entries = backlog.items.indices.map { index -> Schedule.Entry? in
      guard !isDone[index] else { return nil }
      let (start, end) = (placed.start[index], placed.end[index])
      let from = days.date(ofMinute: start)
      let to = max(from, days.date(endingAt: end))
      let isLeaf = backlog.items[index].children.isEmpty
      return Schedule.Entry(
        start: from, end: to, startMinute: start, endMinute: end, person: isLeaf ? placed.person[index] : nil,
        sprint: sprintNumber(of: to), slack: network.slack[index], teamSlack: latest[index] - end)
    }
    schedule.end = schedule.entries.compactMap { $0?.end }.max() ?? schedule.start
    schedule.sprints = sprints(until: schedule.entries.compactMap { $0?.sprint }.max() ?? 0)
    schedule.loads = loads(until: last)
    return schedule
  }

  // MARK: Dependencies alone

  private struct Network {
    var slack: [Int]
    /// Minutes from an item's beginning to the end of everything that waits for it.
    var tails: [Int]
    var path: [Int]
  }

  private func duration(_ node: Int, _ next: Int) -> Int {
    // Only a leaf's own edge from beginning to end takes time.
    next == node + 1 && node % 2 == 0 ? length[DependencyGraph.item(node)] : 0
  }

  private func times(in graph: DependencyGraph, order: [Int]) -> Network {
    var early = [Int](repeating: 0, count: order.count)
    var decidedBy = [Int?](repeating: nil, count: order.count)
    for node in order {
      if node % 2 == 0 {
        let allowed = earliest[DependencyGraph.item(node)]
        if early[node] < allowed {
          early[node] = allowed
          decidedBy[node] = nil
        }
      }
      for next in graph.successors[node] {
        let time = early[node] + duration(node, next)
        if time > early[next] || (time == early[next] && decidedBy[next] == nil && time > 0) {
          early[next] = time
          decidedBy[next] = node
        }
      }
    }
    let end = early.max() ?? 0
    let late = latestTimes(in: graph, order: order, end: end)
    let items = backlog.items.indices
    var path: [Int] = []
    var node = early.indices.first { early[$0] == end && $0 % 2 == 1 && length[DependencyGraph.item($0)] > 0 }
    while let current = node {
      let item = DependencyGraph.item(current)
      if current % 2 == 1, length[item] > 0 { path.append(item) }
      node = decidedBy[current]
    }
    return Network(
      slack: items.map { late[DependencyGraph.end($0)] - early[DependencyGraph.end($0)] },
      tails: items.map { end - late[DependencyGraph.begin($0)] }, path: path.reversed())
  }

  private func latestTimes(in graph: DependencyGraph, order: [Int], end: Int) -> [Int] {
    var late = [Int](repeating: end, count: order.count)
    for node in order.reversed() {
      for next in graph.successors[node] { late[node] = min(late[node], late[next] - duration(node, next)) }
    }
    return late
  }

  private func latestEnds(in graph: DependencyGraph, order: [Int], end: Int) -> [Int] {
    let late = latestTimes(in: graph, order: order, end: end)
    return backlog.items.indices.map { late[DependencyGraph.end($0)] }
  }

  // MARK: With the people there are

  private struct Placing {
    var start: [Int]
    var end: [Int]
    var person: [Int?]
    /// By role and person, what they work on, in order.
    var chains: [[Int]: [Int]] = [:]
  }

  /// What is ready, the most urgent first.
  private struct Ready: Comparable {
    var tail: Int
    var priority: Int
    var number: Int
    var item: Int

    static func < (left: Ready, right: Ready) -> Bool {
      (right.tail, left.priority, left.number, left.item) < (left.tail, right.priority, right.number, right.item)
    }
  }

  /// Something that happens at a minute: a node is reached, or a person is free again.
  private struct Event: Comparable {
    var minute: Int
    var node: Int

    static func < (left: Event, right: Event) -> Bool { (left.minute, left.node) < (right.minute, right.node) }
  }

  private func level(tails: [Int]) -> Placing {
    let count = backlog.items.count
    let priorities = Dictionary(
      backlog.project.priorities.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var placing = Placing(
      start: [Int](repeating: 0, count: count), end: [Int](repeating: 0, count: count),
      person: [Int?](repeating: nil, count: count))
    var waiting = [Int](repeating: 0, count: count * 2)
    for next in graph.successors { for node in next { waiting[node] += 1 } }
    var free = backlog.project.team.map { role in
      var heap = Heap<Int>()
      for person in 1...max(1, role.people) { heap.insert(person) }
      return heap
    }
    var ready = [Heap<Ready>](repeating: Heap(), count: free.count)
    var events = Heap<Event>()
    for node in waiting.indices where waiting[node] == 0 {
      events.insert(Event(minute: earliest[DependencyGraph.item(node)], node: node))
    }
    while let minute = events.first?.minute {
      while let event = events.first, event.minute == minute {
        _ = events.popFirst()
        let item = DependencyGraph.item(event.node)
        if event.node % 2 == 1 {
          placing.end[item] = minute
          if let person = placing.person[item], let role = role(of: item) { free[role].insert(person) }
        } else if backlog.items[item].children.isEmpty, length[item] > 0, let role = role(of: item) {
          // Its end is reached when somebody has worked on it.
          ready[role].insert(
            Ready(
              tail: tails[item], priority: priorities[backlog.priority(of: item)] ?? Int.max,
              number: backlog.items[item].id.value.number, item: item))
          continue
        } else {
          placing.start[item] = minute
        }
        reached(event.node, at: minute, &waiting, &events)
      }
      for role in ready.indices {
        while !ready[role].isEmpty, !free[role].isEmpty, let next = ready[role].popFirst(), let person = free[role].popFirst() {
          placing.start[next.item] = minute
          placing.person[next.item] = person
          placing.chains[[role, person], default: []].append(next.item)
          events.insert(Event(minute: minute + length[next.item], node: DependencyGraph.end(next.item)))
        }
      }
    }
    // What has parts runs from the first of them that is left; parts stand behind it in the order of the files.
    for index in backlog.items.indices.reversed() {
      if let first = backlog.items[index].children.filter({ !isDone[$0] }).map({ placing.start[$0] }).min() {
        placing.start[index] = first
      }
    }
    return placing
  }

  private func reached(_ node: Int, at minute: Int, _ waiting: inout [Int], _ events: inout Heap<Event>) {
    for next in graph.successors[node] {
      waiting[next] -= 1
      guard waiting[next] == 0 else { continue }
      let item = DependencyGraph.item(next)
      events.insert(Event(minute: next % 2 == 0 ? max(minute, earliest[item]) : minute, node: next))
    }
  }

  private func role(of item: Int) -> Int? { backlog.role(of: item).flatMap { roleIndex[$0] } }

  // MARK: Sprints and load

  private func sprintNumber(of date: CalendarDate) -> Int {
    (date.day - backlog.project.calendar.start.day) / (backlog.project.sprintWeeks * 7) + 1
  }

  private func sprints(until last: Int) -> [Schedule.Sprint] {
    guard last > 0 else { return [] }
    let days = backlog.project.sprintWeeks * 7
    return (1...last).map { number in
      let start = backlog.project.calendar.start + (number - 1) * days
      return Schedule.Sprint(number: number, start: start, end: start + (days - 1))
    }
  }

  private func loads(until last: Int) -> [Schedule.Load] {
    var minutes = [Int](repeating: 0, count: backlog.project.team.count)
    for item in backlog.items.indices { if let role = role(of: item) { minutes[role] += length[item] } }
    return zip(backlog.project.team, minutes).map { role, minutes in
      Schedule.Load(
        role: role.name, people: role.people, minutes: minutes,
        percent: last == 0 ? 0 : (minutes * 100 + last * role.people / 2) / (last * role.people))
    }
  }
}
