import Diagnostics

/// The Jira project, the team and its calendar: `project.yaml`.
public struct Project: Sendable {
  /// Of the project in Jira: two to ten capital letters and digits.
  public var key: String
  public var name: String
  public var description: String
  /// What Jira calls each kind, by site.
  public var kindNames: [ItemKind: KindName]
  public var workflow: Workflow
  public var components: [NamedThing]
  public var versions: [Version]
  /// Highest first.
  public var priorities: [String]
  /// What Jira calls the link from a blocker to what it blocks, and a loose one.
  public var blocksLink: String
  public var relatesLink: String
  public var team: [Role]
  /// People who may be assignees, by the name items use.
  public var users: [String: User]
  public var calendar: WorkCalendar
  /// Hours of a day in estimates.
  public var hoursPerDay: Int
  public var sprintWeeks: Int
  /// The file it was read from.
  public var file: String

  public struct KindName: Hashable, Sendable {
    public var cloud: String
    public var datacenter: String
  }

  public struct NamedThing: Hashable, Sendable {
    public var name: String
    public var description: String
  }

  public struct Version: Hashable, Sendable {
    public var name: String
    public var description: String
    public var isReleased: Bool
  }

  /// People who do one kind of work.
  public struct Role: Hashable, Sendable {
    public var name: String
    public var description: String
    public var people: Int
    /// Of a day, what goes into planned work.
    public var focusPercent: Int
  }

  /// A person, as each site names them.
  public struct User: Hashable, Sendable {
    public var cloud: String?
    public var datacenter: String?
  }
}

/// Statuses and the ways between them.
public struct Workflow: Hashable, Sendable {
  public var name: String
  public var statuses: [Status]
  public var transitions: [Transition]

  public struct Status: Hashable, Sendable {
    public var name: String
    public var category: Category
  }

  /// Jira's three columns.
  public enum Category: String, Hashable, Sendable, CaseIterable {
    case new, indeterminate, done
  }

  public struct Transition: Hashable, Sendable {
    public var name: String
    /// Names of statuses; empty from every one.
    public var from: [String]
    public var to: String
  }

  /// Where every item begins.
  public var initial: Status { statuses[0] }
  /// Where a delivered item stands.
  public var final: Status { statuses.last { $0.category == .done } ?? statuses[statuses.count - 1] }
}

/// A version of the project, under a name that other modules' projects do not have.
public typealias ProjectVersion = Project.Version
