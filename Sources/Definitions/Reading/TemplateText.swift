import SpaceModel

/// A variable's value as written: text, and references whose Spaces are not looked up yet.
///
/// Only `${space.` and `${space[` begin a reference; `$${space` stands for `${space`; every other `$` is itself.
struct TemplateText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case reference(Reference)
  }

  struct Reference: Hashable, Sendable {
    /// The name or the address, as written.
    var target: String
    var attribute: ValueTemplate.Attribute
    /// Unicode scalars from the value's beginning.
    var range: Range<Int>
  }

  struct Problem: Hashable, Sendable {
    var message: String
    var help: String
    var range: Range<Int>
  }

  private(set) var parts: [Part] = []
  private(set) var problems: [Problem] = []

  var references: [Reference] { parts.compactMap { if case .reference(let reference) = $0 { reference } else { nil } } }

  init(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      parts = [.text(text)]
      return
    }
    let scalars = Array(text.unicodeScalars)
    var literal = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] != "$" {
        literal.append(scalars[index])
        index += 1
      } else if TemplateText.matches(scalars, index, "$${space") {
        literal.append(contentsOf: "${space".unicodeScalars)
        index += 8
      } else if TemplateText.matches(scalars, index, "${space"), !TemplateText.continuesWord(scalars, index + 7) {
        let close = scalars[index...].firstIndex(of: "}").map { $0 + 1 } ?? scalars.count
        switch TemplateText.reference(scalars, index..<close) {
        case .success(let reference):
          if !literal.isEmpty { parts.append(.text(String(literal))) }
          literal = String.UnicodeScalarView()
          parts.append(.reference(reference))
        case .failure(let problem): problems.append(problem.problem)
        }
        index = close
      } else {
        literal.append(scalars[index])
        index += 1
      }
    }
    if !literal.isEmpty || parts.isEmpty { parts.append(.text(String(literal))) }
  }

  private struct Malformed: Error { let problem: Problem }

  private static func reference(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Result<Reference, Malformed> {
    func text(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
    func malformed(_ message: String, _ help: String? = nil) -> Result<Reference, Malformed> {
      let form = "Write ${space.NAME.ATTRIBUTE}, or $${space to mean the text itself."
      return .failure(Malformed(problem: Problem(message: message, help: help ?? form, range: range)))
    }
    let written = text(range)
    guard scalars[range.upperBound - 1] == "}" else { return malformed("the reference `\(written)` is not closed with `}`") }
    let inner = text(range.lowerBound + 7..<range.upperBound - 1)
    let target: Substring
    let attribute: Substring
    if inner.hasPrefix("[\"") {
      guard let close = inner.range(of: "\"].") else {
        return malformed("`\(written)` is not a reference", "Write ${space[\"owner/name\"].ATTRIBUTE}.")
      }
      target = inner[inner.index(inner.startIndex, offsetBy: 2)..<close.lowerBound]
      attribute = inner[close.upperBound...]
    } else {
      guard inner.first == ".", let dot = inner.lastIndex(of: "."), dot != inner.startIndex else {
        return malformed("`\(written)` is not a reference")
      }
      target = inner[inner.index(after: inner.startIndex)..<dot]
      attribute = inner[inner.index(after: dot)...]
    }
    guard !target.isEmpty else { return malformed("`\(written)` names no Space") }
    guard let known = ValueTemplate.Attribute(rawValue: String(attribute)) else {
      let names = ValueTemplate.Attribute.allCases.map(\.rawValue)
      return malformed("a Space has no attribute `\(attribute)`", "Write one of \(names.listed).")
    }
    return .success(Reference(target: String(target), attribute: known, range: range))
  }

  private static func matches(_ scalars: [Unicode.Scalar], _ index: Int, _ word: String) -> Bool {
    let wanted = word.unicodeScalars
    guard index + wanted.count <= scalars.count else { return false }
    return zip(scalars[index...], wanted).allSatisfy { $0 == $1 }
  }

  /// `${spaces}` and `${space_x}` are other words.
  private static func continuesWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index < scalars.count else { return false }
    let scalar = scalars[index]
    return scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }
}

extension String {
  /// The first place of a short text, without Foundation.
  fileprivate func range(of text: String) -> Range<Index>? {
    var begin = startIndex
    while begin < endIndex {
      if self[begin...].hasPrefix(text) { return begin..<index(begin, offsetBy: text.count) }
      begin = index(after: begin)
    }
    return nil
  }
}
