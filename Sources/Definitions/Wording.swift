import Diagnostics
import SpaceModel

extension Suggestion {
  /// A sentence of help for a misspelt word: the nearest known one, else, when wanted, all of them.
  static func advice(for word: String, among known: [String], otherwise listAll: Bool) -> String? {
    if let nearest = nearest(to: word, among: known) { return "Did you mean `\(nearest)`?" }
    return listAll ? "Write one of \(known.listed)." : nil
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
