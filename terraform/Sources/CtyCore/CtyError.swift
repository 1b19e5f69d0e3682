/// Why bytes are not the value they should be.
public enum CtyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes end inside a value.
  case truncated
  /// Bytes follow a complete value.
  case trailing
  /// The encoding itself is broken, or something stands where it may not.
  case malformed(String)
  /// A value does not fit the type it is read or written by.
  case mismatch(expected: String, found: String)
  /// Values are nested deeper than ``CtyValue/depthLimit``.
  case tooDeep

  public var description: String {
    switch self {
    case .truncated: "the value ends too early"
    case .trailing: "bytes follow the value"
    case .malformed(let what): "not a value: \(what)"
    case .mismatch(let expected, let found): "expected \(expected), found \(found)"
    case .tooDeep: "nested deeper than \(CtyValue.depthLimit) levels"
    }
  }
}
