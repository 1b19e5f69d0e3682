/// The exec form of an instruction: a JSON array of texts, which no shell looks at.
enum ExecForm {
  /// The words; nil when the line is no such array, and so is for a shell.
  static func words(_ line: GatheredLine) -> [DockerWord]? {
    var scan = Scan(line: line)
    return scan.array()
  }

  private struct Scan {
    let line: GatheredLine
    var index = 0

    mutating func array() -> [DockerWord]? {
      skipBlanks()
      guard take("[") else { return nil }
      var words: [DockerWord] = []
      skipBlanks()
      if take("]") { return isAtEnd ? words : nil }
      while true {
        skipBlanks()
        guard let word = string() else { return nil }
        words.append(word)
        skipBlanks()
        if take("]") { return isAtEnd ? words : nil }
        guard take(",") else { return nil }
      }
    }

    private var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return index == line.count
      }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < line.count, line.bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    private mutating func skipBlanks() {
      while index < line.count, ByteSet(" \t\r\n").contains(line.bytes[index]) { index += 1 }
    }

    private mutating func string() -> DockerWord? {
      let begin = index
      guard take("\"") else { return nil }
      var content = GatheredLine()
      while index < line.count {
        let byte = line.bytes[index]
        let place = line.places[index]
        index += 1
        if byte == UInt8(ascii: "\"") {
          return DockerWord(literal: content, range: line.span(begin..<index))
        }
        guard byte == UInt8(ascii: "\\") else {
          content.append(byte, at: place)
          continue
        }
        guard index < line.count, let bytes = escaped() else { return nil }
        for byte in bytes { content.append(byte, at: place) }
      }
      return nil
    }

    private mutating func escaped() -> [UInt8]? {
      let byte = line.bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "n"): return [0x0A]
      case UInt8(ascii: "t"): return [0x09]
      case UInt8(ascii: "r"): return [0x0D]
      case UInt8(ascii: "b"): return [0x08]
      case UInt8(ascii: "f"): return [0x0C]
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
      case UInt8(ascii: "u"):
        guard index + 4 <= line.count, let value = UInt32(line[index..<index + 4].string, radix: 16),
          let scalar = Unicode.Scalar(value)
        else { return nil }
        index += 4
        return Array(String(scalar).utf8)
      default: return nil
      }
    }
  }
}
