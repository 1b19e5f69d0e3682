/// What changes inside one file, for people to read: no part of what a plan does.
public enum FileDifference: Sendable, Hashable {
  /// Hunks in the unified format, each with its `@@` line. Secrets in them are masked.
  case hunks(String)
  /// There is nothing to show, for this reason: `binary`, say.
  case omitted(String)
}
