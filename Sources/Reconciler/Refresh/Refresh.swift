/// What is asked of the Hub before a plan is made.
public enum Refresh: String, Sendable, Hashable, CaseIterable {
  /// One list a namespace and page, and single Spaces only where keys, volumes or files are managed.
  case bulk
  /// As `bulk`, and the variables and the names of secrets of every Space defined or recorded, so that keys that nobody manages here
  /// can be listed: two calls for each Space.
  case full
  /// Nothing: the lock stands for the Hub. Such a plan is for looking at; it is never applied.
  case nothing = "none"
}
