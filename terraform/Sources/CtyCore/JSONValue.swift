/// A JSON value that keeps the text of its numbers.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(CtyNumber)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}
