import Diagnostics

/// One piece of the plan: an epic, a story, task or bug in it, or a sub-task.
public struct Item: Sendable {
  public var id: Placed<ItemID>
  public var kind: ItemKind
  public var summary: Placed<String>
  /// Markdown; nil when there is none.
  public var description: Placed<String>?
  /// What must hold for the item to be done, in Markdown.
  public var acceptance: Placed<String>?
  /// Work left out of children; nil where they carry it, or where nobody said.
  public var estimate: Placed<WorkTime>?
  /// A role of the project's team.
  public var role: Placed<String>?
  public var priority: Placed<String>?
  public var components: [Placed<String>] = []
  public var versions: [Placed<String>] = []
  public var labels: [Placed<String>] = []
  public var risk: Placed<Risk>?
  public var status: Placed<ItemStatus>?
  public var proof: Placed<Proof>?
  /// What must be finished before this begins.
  public var blockedBy: [Placed<ItemID>] = []
  public var relates: [Placed<ItemID>] = []
  public var notBefore: Placed<CalendarDate>?
  /// A promise; the schedule is checked against it.
  public var due: Placed<CalendarDate>?
  public var assignee: Placed<String>?

  /// Where in `Backlog.items` the item that holds this one stands; nil on top.
  public var parent: Int?
  public var children: [Int] = []
  /// Of `Backlog.files`.
  public var file: Int

  public var isDone: Bool { status?.value == .done }

  init(id: Placed<ItemID>, kind: ItemKind, summary: Placed<String>, file: Int) {
    self.id = id
    self.kind = kind
    self.summary = summary
    self.file = file
  }
}

/// How likely it is that the item costs more than its estimate.
public enum Risk: String, Hashable, Sendable, CaseIterable {
  case low, medium, high
}

/// Whether an item is still to be delivered.
public enum ItemStatus: String, Hashable, Sendable, CaseIterable {
  case open, done
}

/// The test that shows an item is delivered.
public struct Proof: Hashable, Sendable {
  /// Relative to the repository's top.
  public var file: String
  /// Words of the test's name as they stand in the file.
  public var test: String
}
