import Reconciler
import SpaceModel

/// What a plan changes of the upper bound of a month's cost.
public struct MonthlyDelta: Sendable {
  private let microUSD: Int64

  public init(_ totals: Totals) { microUSD = totals.upperAfter.microUSD - totals.upperBefore.microUSD }

  public var isZero: Bool { microUSD == 0 }

  /// US dollars with two digits, as programs read them: `-21.90`.
  public var number: String {
    let cents = (microUSD.magnitude + 5000) / 10000
    let digits = String(cents % 100)
    return (microUSD < 0 && cents > 0 ? "-" : "") + "\(cents / 100).\(digits.count == 1 ? "0" : "")\(digits)"
  }

  /// For people: `$21.90 more`.
  var words: String {
    let amount = number.hasPrefix("-") ? String(number.dropFirst()) : number
    return "$\(amount) \(microUSD < 0 ? "less" : "more")"
  }
}
