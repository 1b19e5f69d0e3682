import Diagnostics

/// The whole plan: the project, and its items depth first in the order of the files.
public struct Backlog: Sendable {
  public var project: Project
  public var items: [Item]
  /// Names of the files of items, as findings name them.
  public var files: [String]
  public private(set) var indexes: [ItemID: Int]

  public init(project: Project, items: [Item], files: [String]) {
    self.project = project
    self.items = items
    self.files = files
    indexes = Dictionary(items.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func index(of id: ItemID) -> Int? { indexes[id] }

  public func span<Value>(_ placed: Placed<Value>, of item: Item) -> SourceSpan { placed.span(in: files[item.file]) }

  /// The epic an item lies in; itself for an epic.
  public func epic(of index: Int) -> Int? {
    var current = index
    while let parent = items[current].parent { current = parent }
    return items[current].kind == .epic ? current : nil
  }

  /// What lies below an item and has nothing below itself; the item itself when it is such a one.
  public func leaves(of index: Int) -> [Int] {
    let children = items[index].children
    return children.isEmpty ? [index] : children.flatMap(leaves)
  }

  /// Delivered: marked so itself, or an item above is.
  public func isDone(_ index: Int) -> Bool {
    var current: Int? = index
    while let place = current {
      if items[place].isDone { return true }
      current = items[place].parent
    }
    return false
  }

  /// The work of an item: its own estimate, or the sum of its children's.
  public func estimate(of index: Int) -> WorkTime? {
    let children = items[index].children
    if children.isEmpty { return items[index].estimate?.value }
    let known = children.compactMap(estimate)
    return known.isEmpty ? items[index].estimate?.value : known.reduce(WorkTime(minutes: 0), +)
  }

  /// A component or version set, or that of the nearest item above which has one.
  public func inherited(_ keyPath: KeyPath<Item, [Placed<String>]>, of index: Int) -> [String] {
    var current: Int? = index
    while let place = current {
      let own = items[place][keyPath: keyPath]
      if !own.isEmpty { return own.map(\.value) }
      current = items[place].parent
    }
    return []
  }

  /// The priority, or that of the nearest item above which has one, or the project's middle one.
  public func priority(of index: Int) -> String {
    var current: Int? = index
    while let place = current {
      if let own = items[place].priority { return own.value }
      current = items[place].parent
    }
    return project.priorities[project.priorities.count / 2]
  }

  /// The role, or that of the nearest item above which has one.
  public func role(of index: Int) -> String? {
    var current: Int? = index
    while let place = current {
      if let own = items[place].role { return own.value }
      current = items[place].parent
    }
    return nil
  }

  /// Epics, then what lies in them, then sub-tasks, each in the order of the files: what Jira's importers want
  /// (facts jira-import section 2.5).
  public var importOrder: [Int] {
    (0...2).flatMap { level in items.indices.filter { items[$0].kind.level == level } }
  }
}
