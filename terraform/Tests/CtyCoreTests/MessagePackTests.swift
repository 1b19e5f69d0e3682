import CtyCore
import Testing

/// Values and their msgpack, byte for byte, both ways.
@Suite("msgpack")
struct MessagePackTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var type: CtyType
    var value: CtyValue
    var bytes: [UInt8]
    var testDescription: String { "\(value) as \(type.json)" }

    init(_ type: CtyType, _ value: CtyValue, _ bytes: [UInt8]) { (self.type, self.value, self.bytes) = (type, value, bytes) }
  }

  static func number(_ text: String, _ bytes: [UInt8]) -> Vector {
    Vector(.number, CtyNumber(text: text).map(CtyValue.number) ?? .null, bytes)
  }

  static let vectors: [Vector] = [
    Vector(.string, .null, [0xc0]),
    Vector(.string, .string("hi"), [0xa2, 0x68, 0x69]),
    Vector(.string, .string("é"), [0xa2, 0xc3, 0xa9]),
    Vector(.string, .string(String(repeating: "x", count: 32)), [0xd9, 32] + [UInt8](repeating: 0x78, count: 32)),
    Vector(.string, .string(String(repeating: "x", count: 256)), [0xda, 1, 0] + [UInt8](repeating: 0x78, count: 256)),
    Vector(.bool, .bool(true), [0xc3]),
    Vector(.bool, .bool(false), [0xc2]),
    number("0", [0]), number("127", [0x7f]), number("128", [0xcc, 0x80]), number("256", [0xcd, 1, 0]),
    number("65536", [0xce, 0, 1, 0, 0]), number("4294967296", [0xcf, 0, 0, 0, 1, 0, 0, 0, 0]),
    number("-1", [0xff]), number("-32", [0xe0]), number("-33", [0xd0, 0xdf]), number("-129", [0xd1, 0xff, 0x7f]),
    number("-32769", [0xd2, 0xff, 0xff, 0x7f, 0xff]),
    number("-9223372036854775808", [0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    number("1e3", [0xcd, 3, 0xe8]),
    number("1.5", [0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]),
    number("0.1", [0xa3] + "0.1".utf8),
    number("18446744073709551617", [0xb4] + "18446744073709551617".utf8),
    number("12345678901234567890123", [0xb7] + "12345678901234567890123".utf8),
    Vector(.list(.number), .sequence([.int(1), .int(2)]), [0x92, 1, 2]),
    Vector(.set(.string), .sequence([.string("a")]), [0x91, 0xa1, 0x61]),
    Vector(.tuple([.string, .bool]), .sequence([.string("a"), .bool(true)]), [0x92, 0xa1, 0x61, 0xc3]),
    Vector(.map(.bool), .fields(["b": .bool(true), "a": .null]), [0x82, 0xa1, 0x61, 0xc0, 0xa1, 0x62, 0xc3]),
    Vector(
      .object(["b": .bool, "a": .number]), .fields(["b": .bool(true), "a": .int(1)]), [0x82, 0xa1, 0x61, 1, 0xa1, 0x62, 0xc3]),
    Vector(.dynamic, .typed(.string, .string("a")), [0x92, 0xc4, 8] + #""string""#.utf8 + [0xa1, 0x61]),
    Vector(.dynamic, .typed(.string, .unknown), [0x92, 0xc4, 8] + #""string""#.utf8 + [0xd4, 0, 0]),
    Vector(.dynamic, .null, [0xc0]),
    Vector(.dynamic, .unknown, [0xd4, 0, 0]),
    Vector(.string, .unknown, [0xd4, 0, 0]),
    Vector(.string, .unknown(.notNull), [0xc7, 3, 12, 0x81, 1, 0xc2]),
    Vector(
      .string, .unknown(Refinement(isNull: false, stringPrefix: "me/")), [0xd7, 12, 0x82, 1, 0xc2, 2, 0xa3, 0x6d, 0x65, 0x2f]),
    Vector(.number, .unknown(bounds), [0xc7, 9, 12, 0x82, 3, 0x92, 1, 0xc3, 4, 0x92, 5, 0xc2]),
    Vector(.list(.string), .unknown(lengths), [0xc7, 5, 12, 0x82, 5, 1, 6, 4]),
  ]

  static var bounds: Refinement {
    var refinement = Refinement()
    refinement.lowerBound = .init(CtyNumber(1), inclusive: true)
    refinement.upperBound = .init(CtyNumber(5), inclusive: false)
    return refinement
  }

  static var lengths: Refinement {
    var refinement = Refinement()
    refinement.minimumLength = 1
    refinement.maximumLength = 4
    return refinement
  }

  @Test("Each value has one encoding", arguments: vectors)
  func encodes(_ vector: Vector) throws { #expect(try vector.value.encoded(as: vector.type) == vector.bytes) }

  @Test("and reads back from it", arguments: vectors)
  func decodes(_ vector: Vector) throws { #expect(try CtyValue(decoding: vector.bytes, as: vector.type) == vector.value) }

  @Test("No beginning of a value is taken for a value", arguments: vectors)
  func truncated(_ vector: Vector) {
    for count in 0..<vector.bytes.count {
      #expect(throws: CtyError.self) { try CtyValue(decoding: Array(vector.bytes.prefix(count)), as: vector.type) }
    }
    #expect(throws: CtyError.trailing) { try CtyValue(decoding: vector.bytes + [0xc0], as: vector.type) }
  }

  @Test("Every other form of an integer, of a float and of an unknown value is read too")
  func otherForms() throws {
    #expect(try CtyValue(decoding: [0xcf, 0, 0, 0, 0, 0, 0, 0, 1], as: .number) == .int(1))
    #expect(try CtyValue(decoding: [0xca, 0x3f, 0xc0, 0, 0], as: .number) == Self.number("1.5", []).value)
    #expect(try CtyValue(decoding: [0xd5, 7, 1, 2], as: .string) == .unknown)
    // A refinement of a later version is passed over, whatever it holds.
    let later: [UInt8] = [0x82, 99, 0x92, 1, 0x81, 2, 3, 1, 0xc2]
    #expect(try CtyValue(decoding: [0xc7, UInt8(later.count), 12] + later, as: .string) == .unknown(.notNull))
  }

  @Test("An object needs each of its attributes, once and no other")
  func objects() {
    let type = CtyType.object(["a": .number, "b": .number])
    for bytes: [UInt8] in [
      [0x81, 0xa1, 0x61, 1], [0x82, 0xa1, 0x61, 1, 0xa1, 0x61, 2], [0x82, 0xa1, 0x61, 1, 0xa1, 0x63, 2],
    ] {
      #expect(throws: CtyError.self) { try CtyValue(decoding: bytes, as: type) }
    }
    #expect(throws: CtyError.self) { try CtyValue.fields(["c": .null]).encoded(as: type) }
  }

  @Test("Deep nesting is refused, not followed to the end of the stack")
  func depth() {
    var type = CtyType.string
    for _ in 0..<300 { type = .list(type) }
    #expect(throws: CtyError.tooDeep) { try CtyValue(decoding: [UInt8](repeating: 0x91, count: 301) + [0xc0], as: type) }
    #expect(throws: CtyError.tooDeep) { try JSONReader.read([UInt8](repeating: 0x5b, count: 100_000)) }
  }
}
