/// A number as Terraform means it: of any size and any precision, so it is kept as decimal text in one normal form.
public struct CtyNumber: Hashable, Sendable, CustomStringConvertible {
  /// The digits without leading zeros, empty for zero; the value is ±digits × 10^exponent, and digits do not end in zero.
  let digits: String
  let exponent: Int
  let isNegative: Bool

  public init(_ value: Int) { self.init(digits: String(value.magnitude), exponent: 0, isNegative: value < 0) }

  public init(_ value: UInt64) { self.init(digits: String(value), exponent: 0, isNegative: false) }

  /// The shortest decimal number that reads back as this double. Nil for what is not finite.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    self.init(text: "\(value)")
  }

  /// Reads a JSON number, with a leading plus and leading zeros accepted. Nil when the text is no decimal number.
  public init?(text: some StringProtocol) {
    var rest = Substring(text)
    var negative = false
    if rest.first == "-" || rest.first == "+" { negative = rest.removeFirst() == "-" }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction = Substring()
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty else { return nil }
    var power = 0
    if rest.first == "e" || rest.first == "E" {
      guard let read = Int(rest.dropFirst()), abs(read) <= Self.exponentLimit else { return nil }
      power = read
      rest = ""
    }
    guard rest.isEmpty else { return nil }
    self.init(digits: String(whole + fraction), exponent: power - fraction.count, isNegative: negative)
  }

  private init(digits: String, exponent: Int, isNegative: Bool) {
    var significant = digits.drop { $0 == "0" }
    var power = exponent
    while significant.last == "0" {
      significant.removeLast()
      power += 1
    }
    self.digits = String(significant)
    self.exponent = significant.isEmpty ? 0 : power
    self.isNegative = isNegative && !significant.isEmpty
  }

  /// Exponents beyond this are refused: their plain text would fill the memory.
  public static let exponentLimit = 100_000

  /// The number as plain decimal text, in exponent form where that would add more than 40 zeros.
  public var description: String {
    if digits.isEmpty { return "0" }
    let sign = isNegative ? "-" : ""
    if exponent > 40 || exponent + digits.count < -40 { return "\(sign)\(digits)e\(exponent)" }
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let point = digits.count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The value when it is a whole number that fits.
  public var int64: Int64? { exponent >= 0 && exponent < 20 ? Int64(description) : nil }

  /// The value as a whole number, nil when it has a fraction or does not fit.
  public var int: Int? { int64.map(Int.init) }

  /// The double that is this number exactly; nil when there is none.
  var exactDouble: Double? {
    guard digits.count <= 800, let value = Double(description), let exact = CtyNumber(exactly: value), exact == self else {
      return nil
    }
    return value
  }

  /// The exact decimal value of a double. Nil for what is not finite.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    guard value != 0 else {
      self.init(0)
      return
    }
    // value = significand × 2^power, with 2^-n = 5^n / 10^n
    var power = Int(value.exponent) - 52
    var significand = UInt64((value.significand * 0x1p52).rounded())
    while significand % 2 == 0 {
      significand /= 2
      power += 1
    }
    var digits = String(significand).utf8.map { $0 - 48 }
    for _ in 0..<abs(power) { Self.multiply(&digits, by: power > 0 ? 2 : 5) }
    self.init(
      digits: String(decoding: digits.map { $0 + 48 }, as: UTF8.self), exponent: min(power, 0), isNegative: value < 0)
  }

  private static func multiply(_ digits: inout [UInt8], by factor: UInt8) {
    var carry: UInt8 = 0
    for index in digits.indices.reversed() {
      let product = digits[index] * factor + carry
      digits[index] = product % 10
      carry = product / 10
    }
    if carry > 0 { digits.insert(carry, at: 0) }
  }
}
