import SpaceModel

/// Text for a reader of SARIF, as its `message` object.
enum SARIFMessage {
  /// In Unicode scalars. 5,000 messages of Latin letters are then 5 MB; GitHub takes 10 MB after compression.
  static let limit = 1_000

  static func value(_ text: String) -> JSONValue { ["text": .string(literal(text.bounded(to: limit)))] }

  /// The text so that nothing in it is an instruction: `{0}` would be a placeholder, and `[text](2)` a link to a related place
  /// (SARIF 2.1.0, sections 3.11.5 and 3.11.6).
  ///
  /// The standard has every brace doubled. Readers show a message without arguments as it stands, so that `{ env: TOKEN }`
  /// would be advice to write two braces; only what could be taken for a placeholder is doubled.
  static func literal(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)[...]
    var literal = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      if scalar == "{", let digits = placeholder(scalars) {
        literal.append(contentsOf: "{{".unicodeScalars)
        literal.append(contentsOf: digits)
        literal.append(contentsOf: "}}".unicodeScalars)
        scalars.removeFirst(digits.count + 1)
      } else {
        if scalar == "]", scalars.first == "(" { literal.append("\\") }
        literal.append(scalar)
      }
    }
    return String(literal)
  }

  /// The digits of a placeholder whose opening brace was just read.
  private static func placeholder(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    return !digits.isEmpty && scalars.dropFirst(digits.count).first == "}" ? digits : nil
  }
}
