import Markdown

/// Writes the inside of a paragraph, heading or cell as wiki markup.
struct WikiInline {
  /// What a hard line break becomes: a line end, or a space where a line is all there is.
  var breaksLines = true

  /// - Parameter isLineStart: whether what is written begins a line of the page or of a cell.
  func text(_ inlines: [MarkdownInline], isLineStart: Bool) -> String {
    var output = String.UnicodeScalarView()
    write(inlines, next: nil, escapes: WikiEscapes(), isInLink: false, isLineStart: isLineStart, to: &output)
    return String(output)
  }

  private func write(
    _ inlines: [MarkdownInline], next: Unicode.Scalar?, escapes: WikiEscapes, isInLink: Bool, isLineStart: Bool,
    to output: inout String.UnicodeScalarView
  ) {
    var isLineStart = isLineStart
    for (index, inline) in inlines.enumerated() {
      let following = inlines[(index + 1)...].lazy.compactMap { $0.firstScalar }.first ?? next
      let before = output.count
      write(
        inline, next: following, escapes: escapes, isInLink: isInLink, isLineStart: isLineStart, to: &output)
      if case .hardBreak = inline, breaksLines {
        isLineStart = true
      } else if output.count > before {
        isLineStart = false
      }
    }
  }

  private func write(
    _ inline: MarkdownInline, next: Unicode.Scalar?, escapes: WikiEscapes, isInLink: Bool, isLineStart: Bool,
    to output: inout String.UnicodeScalarView
  ) {
    switch inline {
    case .text(let text), .html(let text):
      escapes.append(text, next: next, isLineStart: isLineStart, to: &output)
    case .code(let code):
      output.append(contentsOf: "{{".unicodeScalars)
      escapes.append(code, next: nil, isLineStart: false, to: &output)
      output.append(contentsOf: "}}".unicodeScalars)
    case .emphasis(let inner): style("_", inner, next: next, escapes, isInLink, isLineStart, to: &output)
    case .strong(let inner): style("*", inner, next: next, escapes, isInLink, isLineStart, to: &output)
    case .strike(let inner): style("-", inner, next: next, escapes, isInLink, isLineStart, to: &output)
    case .link(let url, let inner), .image(let url, let inner):
      link(url, inner, next: next, escapes, isInLink, isLineStart, to: &output)
    case .softBreak: output.append(" ")
    case .hardBreak: output.append(breaksLines ? "\n" : " ")
    }
  }

  private func style(
    _ sign: Unicode.Scalar, _ inner: [MarkdownInline], next: Unicode.Scalar?, _ escapes: WikiEscapes, _ isInLink: Bool,
    _ isLineStart: Bool, to output: inout String.UnicodeScalarView
  ) {
    guard !escapes.open.contains(sign) else {
      return write(inner, next: next, escapes: escapes, isInLink: isInLink, isLineStart: isLineStart, to: &output)
    }
    var inside = escapes
    inside.open.insert(sign)
    // Beside a word the sign alone is none; in braces it always is.
    let isBesideWord = !isLineStart && output.last.map(WikiEscapes.isWord) ?? false || next.map(WikiEscapes.isWord) ?? false
    // A sign of another style that closes behind this one would be taken for a word's: `_*a*_` is read, `*_a_*b` is not.
    let mark = isBesideWord ? "{\(sign)}" : String(sign)
    output.append(contentsOf: mark.unicodeScalars)
    write(inner, next: sign, escapes: inside, isInLink: isInLink, isLineStart: false, to: &output)
    output.append(contentsOf: mark.unicodeScalars)
  }

  private func link(
    _ url: String, _ inner: [MarkdownInline], next: Unicode.Scalar?, _ escapes: WikiEscapes, _ isInLink: Bool,
    _ isLineStart: Bool, to output: inout String.UnicodeScalarView
  ) {
    if isInLink { return write(inner, next: next, escapes: escapes, isInLink: true, isLineStart: isLineStart, to: &output) }
    guard LinkScheme.isAllowed(url) else {
      let spelled = LinkScheme.spelledOut(url, inner)
      return write(spelled, next: next, escapes: escapes, isInLink: false, isLineStart: isLineStart, to: &output)
    }
    output.append("[")
    if !inner.isEmpty, inner != [.text(url)] {
      write(inner, next: "|", escapes: escapes, isInLink: true, isLineStart: false, to: &output)
      output.append("|")
    }
    output.append(contentsOf: WikiInline.address(url).unicodeScalars)
    output.append("]")
  }

  /// An address without the characters that would end it in wiki markup.
  private static func address(_ url: String) -> String {
    var address = ""
    for scalar in url.unicodeScalars {
      switch scalar {
      case " ", "|", "[", "]", "{", "}", "\\", "<", ">", "\"", "^", "`", "\n", "\t":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        address += "%\(digits.count == 1 ? "0" : "")\(digits)"
      default: address.unicodeScalars.append(scalar)
      }
    }
    return address
  }
}

extension MarkdownInline {
  /// The first character that a reader will see.
  fileprivate var firstScalar: Unicode.Scalar? {
    switch self {
    case .link, .image: "["
    case .code: "{"
    default: plainText.unicodeScalars.first
    }
  }
}
