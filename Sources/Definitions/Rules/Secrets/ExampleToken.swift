/// Made-up tokens for examples and tests, in the form of real ones. They are put together when asked for, so that no file holds one.
enum ExampleToken {
  /// Letters of every sort, in no order that means anything.
  static func body(_ length: Int, from alphabet: String = "QwErTyUiOpAsDfGhJkLzXcVbNm") -> String {
    let characters = Array(alphabet)
    var state = length &+ 17
    return String(
      (0..<length).map { _ in
        state = (state &* 1_103_515_245 &+ 12_345) & 0x7FFF_FFFF
        return characters[(state >> 8) % characters.count]
      })
  }

  static let huggingFace = ["hf", body(34)].joined(separator: "_")

  /// The lines of a private key that opens nothing.
  static let privateKey: String = {
    let alphabet = "QwErTyUiOpAsDfGhJkLzXcVbNm0192837465+/"
    let lines = (0..<6).map { body(64, from: alphabet + String(repeating: "Z", count: $0)) }
    let label = ["RSA", "PRIVATE", "KEY"].joined(separator: " ")
    return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
  }()

  static let password = body(14, from: "QwErTyUiOpAsDfGh0192837465")
}
