/// Writes msgpack as Terraform does: the smallest form of everything.
struct MessagePackWriter {
  private(set) var bytes: [UInt8] = []

  mutating func null() { bytes.append(0xc0) }
  mutating func bool(_ flag: Bool) { bytes.append(flag ? 0xc3 : 0xc2) }

  mutating func number(_ number: CtyNumber) {
    if let value = number.int64 {
      integer(value)
    } else if number.exponent < 0, let double = number.exactDouble {
      // Of a double Terraform keeps 53 bits, and shows whole numbers rounded to them; text it keeps as it is.
      bytes.append(0xcb)
      big(double.bitPattern)
    } else {
      string(number.description)
    }
  }

  mutating func integer(_ value: Int64) {
    switch value {
    case 0..<128: bytes.append(UInt8(value))
    case -32..<0: bytes.append(UInt8(bitPattern: Int8(value)))
    case 0...0xff: head(0xcc, UInt8(value))
    case 0...0xffff: head(0xcd, UInt16(value))
    case 0...0xffff_ffff: head(0xce, UInt32(value))
    case 0...: head(0xcf, UInt64(value))
    case Int64(Int8.min)...: head(0xd0, UInt8(bitPattern: Int8(value)))
    case Int64(Int16.min)...: head(0xd1, UInt16(bitPattern: Int16(value)))
    case Int64(Int32.min)...: head(0xd2, UInt32(bitPattern: Int32(value)))
    default: head(0xd3, UInt64(bitPattern: value))
    }
  }

  mutating func string(_ text: String) {
    let utf8 = Array(text.utf8)
    switch utf8.count {
    case 0..<32: bytes.append(0xa0 | UInt8(utf8.count))
    case 0...0xff: head(0xd9, UInt8(utf8.count))
    case 0...0xffff: head(0xda, UInt16(utf8.count))
    default: head(0xdb, UInt32(utf8.count))
    }
    bytes += utf8
  }

  mutating func binary(_ content: [UInt8]) {
    switch content.count {
    case 0...0xff: head(0xc4, UInt8(content.count))
    case 0...0xffff: head(0xc5, UInt16(content.count))
    default: head(0xc6, UInt32(content.count))
    }
    bytes += content
  }

  mutating func array(count: Int) {
    switch count {
    case 0..<16: bytes.append(0x90 | UInt8(count))
    case 0...0xffff: head(0xdc, UInt16(count))
    default: head(0xdd, UInt32(count))
    }
  }

  mutating func map(count: Int) {
    switch count {
    case 0..<16: bytes.append(0x80 | UInt8(count))
    case 0...0xffff: head(0xde, UInt16(count))
    default: head(0xdf, UInt32(count))
    }
  }

  mutating func `extension`(type: UInt8, _ content: [UInt8]) {
    switch content.count {
    case 1: bytes.append(0xd4)
    case 2: bytes.append(0xd5)
    case 4: bytes.append(0xd6)
    case 8: bytes.append(0xd7)
    case 16: bytes.append(0xd8)
    case 0...0xff: head(0xc7, UInt8(content.count))
    default: head(0xc8, UInt16(clamping: content.count))
    }
    bytes.append(type)
    bytes += content
  }

  private mutating func head(_ byte: UInt8, _ size: some FixedWidthInteger) {
    bytes.append(byte)
    big(size)
  }

  private mutating func big(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
  }
}
