import CtyCore

/// What holds of the readers of Terraform's values, whatever the bytes.
enum ValueProperties {
  static func broken(byMessagePack input: [UInt8]) -> [String] {
    let (type, bytes) = parts(of: input)
    guard let type, let value = try? CtyValue(decoding: bytes, as: type) else { return [] }
    return again(value, type)
  }

  static func broken(byJSON input: [UInt8]) -> [String] {
    let (type, bytes) = parts(of: input)
    guard let json = try? JSONReader.read(bytes) else { return [] }
    guard let type, let value = try? CtyValue(json: json, type: type) else { return [] }
    return again(value, type)
  }

  /// A type is written and read back as the same. Without a line for it the value is of the dynamic type.
  private static func parts(of input: [UInt8]) -> (type: CtyType?, bytes: [UInt8]) {
    guard let end = input.firstIndex(of: 0x0A) else { return (.dynamic, input) }
    return (try? CtyType(json: Array(input[..<end])), Array(input[(end + 1)...]))
  }

  /// What was read is written and read back as the same.
  private static func again(_ value: CtyValue, _ type: CtyType) -> [String] {
    do {
      guard try CtyType(json: Array(type.json.utf8)) == type else { return ["a type reads back as another one: \(type.json)"] }
      let bytes = try value.encoded(as: type)
      let back = try CtyValue(decoding: bytes, as: type)
      guard back == value else { return ["a value reads back as another one: \(value) as \(back)"] }
      return try back.encoded(as: type) == bytes ? [] : ["the same value is written in two ways: \(value)"]
    } catch {
      return ["what was read cannot be written and read again: \(error), \(value)"]
    }
  }
}
