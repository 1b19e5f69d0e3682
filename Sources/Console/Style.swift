/// Whether and how text for a terminal is coloured. Meaning is never by colour alone.
public struct Style: Sendable, Hashable {
  public let isColoured: Bool

  public init(isColoured: Bool) { self.isColoured = isColoured }

  public static let plain = Style(isColoured: false)

  public func bold(_ text: String) -> String { paint(text, "1") }
  public func dim(_ text: String) -> String { paint(text, "2") }
  public func red(_ text: String) -> String { paint(text, "31") }
  public func green(_ text: String) -> String { paint(text, "32") }
  public func yellow(_ text: String) -> String { paint(text, "33") }
  public func cyan(_ text: String) -> String { paint(text, "36") }

  private func paint(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// When to colour: `--color`.
public enum ColourChoice: String, Sendable, CaseIterable {
  case auto, always, never

  /// `NO_COLOR` set to anything but the empty string, or a terminal that is `dumb`, means never, unless `always` was said.
  public func style(isTerminal: Bool, environment: [String: String]) -> Style {
    switch self {
    case .always: return Style(isColoured: true)
    case .never: return .plain
    case .auto:
      let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return Style(isColoured: isTerminal && !refused && environment["TERM"] != "dumb")
    }
  }
}

/// Text that came from outside, made safe to print: control characters are shown, never obeyed.
public enum Printable {
  public static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || !isControl(scalar) {
        safe.append(scalar)
      } else {
        safe.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      }
    }
    return String(safe)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
  }
}
