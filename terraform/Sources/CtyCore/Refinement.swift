/// What is known about an unknown value.
public struct Refinement: Hashable, Sendable {
  /// A limit of a number.
  public struct Bound: Hashable, Sendable {
    public var number: CtyNumber
    public var inclusive: Bool

    public init(_ number: CtyNumber, inclusive: Bool) {
      self.number = number
      self.inclusive = inclusive
    }
  }

  /// False: it will not be null. True: it is null. Nil: open.
  public var isNull: Bool?
  public var stringPrefix: String?
  public var lowerBound: Bound?
  public var upperBound: Bound?
  public var minimumLength: Int?
  public var maximumLength: Int?

  public init(isNull: Bool? = nil, stringPrefix: String? = nil) {
    self.isNull = isNull
    self.stringPrefix = stringPrefix
  }

  /// It will not be null.
  public static let notNull = Refinement(isNull: false)

  /// Whether nothing is known.
  public var isEmpty: Bool { self == Refinement() }
}
