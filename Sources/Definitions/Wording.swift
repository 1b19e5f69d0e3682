import Diagnostics
import SpaceModel

extension Suggestion {
  /// A sentence of help for a misspelt word: the nearest known one, else all of them.
  static func advice(for word: String, among known: [String]) -> String {
    advice(for: word, among: known, otherwise: "Write one of \(known.listed).")
  }

  /// A sentence of help for a misspelt word: the nearest known one, else what is given.
  static func advice(for word: String, among known: [String], otherwise: @autoclosure () -> String) -> String {
    nearest(to: word, among: known).map { "Did you mean `\($0)`?" } ?? otherwise()
  }
}

extension Array where Element == String {
  /// `a`, `b` or `c`, each in back quotes.
  var listed: String {
    let quoted = map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension JSONValue {
  var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  var short: String { self == rounded() && abs(self) < 1e15 ? String(Int(self)) : "\(self)" }
}
