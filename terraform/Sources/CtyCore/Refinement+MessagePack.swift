extension Refinement {
  /// The longest prefix that travels, in bytes; a longer one is cut, which says less and is still true.
  static let prefixLimit = 256

  func write(to writer: inout MessagePackWriter) {
    guard !isEmpty else { return writer.extension(type: 0, [0]) }
    var entries: [(inout MessagePackWriter) -> Void] = []
    if let isNull {
      entries.append {
        $0.integer(1)
        $0.bool(isNull)
      }
    }
    if let prefix = stringPrefix {
      var kept = prefix
      while kept.utf8.count > Self.prefixLimit { kept.removeLast() }
      entries.append { [kept] in
        $0.integer(2)
        $0.string(kept)
      }
    }
    for (key, bound) in [(Int64(3), lowerBound), (4, upperBound)] {
      guard let bound else { continue }
      entries.append {
        $0.integer(key)
        $0.array(count: 2)
        $0.number(bound.number)
        $0.bool(bound.inclusive)
      }
    }
    for (key, length) in [(Int64(5), minimumLength), (6, maximumLength)] {
      guard let length else { continue }
      entries.append {
        $0.integer(key)
        $0.integer(Int64(length))
      }
    }
    var body = MessagePackWriter()
    body.map(count: entries.count)
    for entry in entries { entry(&body) }
    writer.extension(type: 12, body.bytes)
  }

  /// Reads the body of an unknown value with refinements; keys that are not known are skipped.
  init(_ body: [UInt8]) throws(CtyError) {
    self.init()
    var reader = MessagePackReader(body[...])
    guard case .map(let count) = try reader.token() else { throw .malformed("refinements that are no map") }
    for _ in 0..<count {
      guard case .number(let key) = try reader.token() else { throw .malformed("a refinement without a number") }
      let token = try reader.token()
      switch (key.int, token) {
      case (1, .bool(let flag)): isNull = flag
      case (2, .string(let prefix)): stringPrefix = prefix
      case (3, .array(2)): lowerBound = try Self.bound(from: &reader)
      case (4, .array(2)): upperBound = try Self.bound(from: &reader)
      case (5, .number(let length)): minimumLength = length.int
      case (6, .number(let length)): maximumLength = length.int
      default: try Self.skip(token, in: &reader, depth: 0)
      }
    }
  }

  private static func bound(from reader: inout MessagePackReader) throws(CtyError) -> Bound {
    let number: CtyNumber
    switch try reader.token() {
    case .number(let value): number = value
    case .string(let text):
      guard let value = CtyNumber(text: text) else { throw .malformed("a bound that is no number") }
      number = value
    default: throw .malformed("a bound that is no number")
    }
    guard case .bool(let inclusive) = try reader.token() else { throw .malformed("a bound that is neither in nor out") }
    return Bound(number, inclusive: inclusive)
  }

  private static func skip(_ token: MessagePackReader.Token, in reader: inout MessagePackReader, depth: Int) throws(CtyError) {
    guard depth < CtyValue.depthLimit else { throw .tooDeep }
    let inner =
      switch token {
      case .array(let count): count
      case .map(let count): 2 * count
      default: 0
      }
    for _ in 0..<inner { try skip(try reader.token(), in: &reader, depth: depth + 1) }
  }
}
