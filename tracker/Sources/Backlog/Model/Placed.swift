import Diagnostics

/// A value and where it stands in its file.
public struct Placed<Value: Sendable>: Sendable {
  public var value: Value
  public var start: Position
  public var end: Position

  public init(_ value: Value, start: Position, end: Position) {
    self.value = value
    self.start = start
    self.end = end
  }

  public func span(in file: String) -> SourceSpan { SourceSpan(file: file, start: start, end: end) }

  /// Another value at the same place.
  func with<Other: Sendable>(_ other: Other) -> Placed<Other> { Placed<Other>(other, start: start, end: end) }
}

extension Placed: Equatable where Value: Equatable {}
extension Placed: Hashable where Value: Hashable {}
