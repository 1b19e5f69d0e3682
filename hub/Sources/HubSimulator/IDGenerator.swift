/// Ids that look like the Hub's and are the same for the same seed and the same order of calls.
public struct IDGenerator: Codable, Hashable, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// `count` hexadecimal digits.
  public mutating func hex(_ count: Int) -> String {
    var text = ""
    while text.utf8.count < count {
      let digits = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return String(text.prefix(count))
  }

  // SplitMix64: every state gives another value, so ids do not repeat before 2^64 calls.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
