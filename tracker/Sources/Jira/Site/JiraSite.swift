/// The two kinds of Jira, which import different files.
public enum JiraSite: String, Hashable, Sendable, CaseIterable {
  case cloud, datacenter

  public var title: String { self == .cloud ? "Jira Cloud" : "Jira Data Center" }
}
