/// What is asked of the Hub before a plan is made.
public enum Refresh: String, Sendable, Hashable, CaseIterable {
  /// One list a namespace and page, and single Spaces only where keys, volumes or files are managed.
  case bulk
  /// Nothing: the lock stands for the Hub. Such a plan is for looking at; it is never applied.
  case nothing = "none"
}
