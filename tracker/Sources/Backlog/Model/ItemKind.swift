/// What an item is; the names in Jira are the project's.
public enum ItemKind: String, Hashable, Sendable, CaseIterable {
  case epic, story, task, bug, subtask

  /// 0 for epics, 1 for what lies in them, 2 for parts of that.
  public var level: Int {
    switch self {
    case .epic: 0
    case .story, .task, .bug: 1
    case .subtask: 2
    }
  }

  /// Which kinds may lie directly inside.
  public var allowsInside: Set<ItemKind> {
    switch self {
    case .epic: [.story, .task, .bug]
    case .story, .task, .bug: [.subtask]
    case .subtask: []
    }
  }
}
