/// Lower-case hexadecimal text.
public enum Hex {
  public static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { output in
      var next = 0
      for byte in bytes {
        output[next] = digit(byte >> 4)
        output[next + 1] = digit(byte & 15)
        next += 2
      }
      return next
    }
  }

  public static func text(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { text($0) } }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value }
}
