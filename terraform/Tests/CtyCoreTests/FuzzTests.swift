import CtyCore
import Testing

/// Made-up values survive the round trip; made-up bytes are refused or read, and never end the process.
@Suite("Made up from a seed")
struct FuzzTests {
  struct Source: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return mixed ^ mixed >> 31
    }
  }

  static func type(_ source: inout Source, depth: Int) -> CtyType {
    switch Int.random(in: 0..<(depth > 3 ? 4 : 9), using: &source) {
    case 0: return .string
    case 1: return .number
    case 2: return .bool
    case 3: return .dynamic
    case 4: return .list(type(&source, depth: depth + 1))
    case 5: return .set(type(&source, depth: depth + 1))
    case 6: return .map(type(&source, depth: depth + 1))
    case 7: return .tuple((0..<Int.random(in: 0..<4, using: &source)).map { _ in type(&source, depth: depth + 1) })
    default:
      var attributes: [String: CtyType] = [:]
      for index in 0..<Int.random(in: 0..<20, using: &source) { attributes["a\(index)"] = type(&source, depth: depth + 1) }
      return .object(attributes)
    }
  }

  static func value(_ type: CtyType, _ source: inout Source) -> CtyValue {
    switch Int.random(in: 0..<12, using: &source) {
    case 0: return .null
    case 1: return .unknown
    case 2: return .unknown(Refinement(isNull: false))
    default: break
    }
    let count = Int.random(in: 0..<20, using: &source)
    switch type {
    case .string:
      return .string(
        String((0..<count).map { _ in ["a", "é", "😀", "\u{0}", "\n"].randomElement(using: &source) ?? "" }.joined()))
    case .bool: return .bool(.random(using: &source))
    case .number:
      let digits = (0...count).map { _ in String(Int.random(in: 0...9, using: &source)) }.joined()
      let power = Int.random(in: -30...30, using: &source)
      return CtyNumber(text: "\(Bool.random(using: &source) ? "-" : "")\(digits)e\(power)").map(CtyValue.number) ?? .null
    case .dynamic:
      let inner = Self.type(&source, depth: 4)
      guard inner != .dynamic else { return .null }
      return .typed(inner, value(inner, &source))
    case .list(let element), .set(let element): return .sequence((0..<count).map { _ in value(element, &source) })
    case .map(let element):
      return .fields(Dictionary(uniqueKeysWithValues: (0..<count).map { ("k\($0)", value(element, &source)) }))
    case .tuple(let types): return .sequence(types.map { value($0, &source) })
    case .object(let types): return .fields(types.mapValues { value($0, &source) })
    }
  }

  @Test("Values come back as they were", arguments: 0..<40)
  func roundTrip(_ seed: UInt64) throws {
    var source = Source(state: seed)
    for _ in 0..<20 {
      let type = Self.type(&source, depth: 1)
      let value = Self.value(type, &source)
      let bytes = try value.encoded(as: type)
      #expect(try CtyValue(decoding: bytes, as: type) == value)
      #expect(try CtyType(json: Array(type.json.utf8)) == type)
    }
  }

  @Test("Bytes that were damaged, and bytes that never were a value", arguments: 0..<40)
  func noise(_ seed: UInt64) throws {
    var source = Source(state: seed &+ 1_000)
    var refused = 0
    for _ in 0..<100 {
      let type = Self.type(&source, depth: 1)
      var bytes = try Self.value(type, &source).encoded(as: type)
      if Bool.random(using: &source) {
        bytes = (0..<Int.random(in: 0..<200, using: &source)).map { _ in .random(in: 0...255, using: &source) }
      } else {
        for _ in 0..<3 where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &source)] = .random(in: 0...255, using: &source)
        }
      }
      do { _ = try CtyValue(decoding: bytes, as: type) } catch { refused += 1 }
      _ = try? JSONReader.read(bytes)
    }
    #expect(refused > 0)
  }
}
