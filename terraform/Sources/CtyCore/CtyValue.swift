/// A value of Terraform's type system. It does not carry its type: encoding and decoding are driven by a ``CtyType``.
public indirect enum CtyValue: Hashable, Sendable {
  case null
  /// Not known before apply; what is known about it all the same.
  case unknown(Refinement)
  case string(String)
  case bool(Bool)
  case number(CtyNumber)
  /// The elements of a list, a set or a tuple.
  case sequence([CtyValue])
  /// The elements of a map or the attributes of an object.
  case fields([String: CtyValue])
  /// A value of the dynamic type, with the type it has.
  case typed(CtyType, CtyValue)

  /// Values nested deeper are refused by the decoders, so that no input can exhaust the stack.
  public static let depthLimit = 200

  /// An unknown value about which nothing is known.
  public static let unknown = CtyValue.unknown(Refinement())
}

extension CtyValue {
  public static func int(_ value: Int) -> CtyValue { .number(CtyNumber(value)) }

  /// The string, or nil when the value is null, unknown or something else.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
  public var boolValue: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  public var numberValue: CtyNumber? { if case .number(let number) = self { number } else { nil } }
  public var elements: [CtyValue]? { if case .sequence(let values) = self { values } else { nil } }
  public var attributes: [String: CtyValue]? { if case .fields(let values) = self { values } else { nil } }
  public var isNull: Bool { self == .null }
  public var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// An attribute of an object or an element of a map; null where there is none.
  public subscript(name: String) -> CtyValue {
    get { attributes?[name] ?? .null }
    set {
      var values = attributes ?? [:]
      values[name] = newValue
      self = .fields(values)
    }
  }

  /// Whether neither the value nor anything inside it is unknown.
  public var isWhollyKnown: Bool {
    switch self {
    case .unknown: false
    case .sequence(let values): values.allSatisfy(\.isWhollyKnown)
    case .fields(let values): values.values.allSatisfy(\.isWhollyKnown)
    case .typed(_, let value): value.isWhollyKnown
    case .null, .string, .bool, .number: true
    }
  }
}
