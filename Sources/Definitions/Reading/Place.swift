import Diagnostics
import YAML

/// Where a value stands: its file, its key and itself.
struct Place: Hashable, Sendable {
  var file: String
  var keyStart: Position
  var keyEnd: Position
  var start: Position
  var end: Position
  /// From `defaults`, so that it holds only where it can.
  var isDefault: Bool

  var key: SourceSpan { SourceSpan(file: file, start: keyStart, end: keyEnd) }
  var value: SourceSpan { SourceSpan(file: file, start: start, end: end) }
}

/// A value and where it stands.
struct Placed<Value: Sendable>: Sendable {
  var value: Value
  var place: Place

  init(_ value: Value, _ place: Place) {
    self.value = value
    self.place = place
  }

  func map<Other: Sendable>(_ transform: (Value) -> Other?) -> Placed<Other>? {
    transform(value).map { Placed<Other>($0, place) }
  }
}
