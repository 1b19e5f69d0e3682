import Diagnostics

/// Takes secrets out of what will be shown: the last thing that happens to a finding and to the texts that snippets are cut from.
public enum SecretMask {
  /// The same bytes, with an asterisk for each that may not be shown, so that places stay what they are.
  public static func masked(_ bytes: [UInt8]) -> [UInt8] {
    let matches = SecretScanner.matches(in: bytes[...])
    guard !matches.isEmpty else { return bytes }
    var masked = bytes
    for match in matches where mustHide(match) {
      for index in match.hidden where !isBlank(masked[index]) { masked[index] = UInt8(ascii: "*") }
    }
    return masked
  }

  /// The same, with the text of some spans masked too. They are found by bytes, as they were made, so that bytes that are not UTF-8
  /// move nothing.
  static func masked(_ bytes: [UInt8], hiding spans: [SourceSpan]) -> [UInt8] {
    var masked = masked(bytes)
    // From the end, because a character of several bytes becomes one asterisk.
    for span in spans.sorted(by: >) {
      let text = SourceText(masked, file: span.file)
      let range = text.index(span.start)..<max(text.index(span.start), text.index(span.end))
      masked.replaceSubrange(
        range,
        with: text.bytes[range].compactMap { byte in
          isBlank(byte) ? byte : byte & 0xC0 == 0x80 ? nil : UInt8(ascii: "*")
        })
    }
    return masked
  }

  static func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let masked = masked(bytes)
    return masked == bytes ? text : String(decoding: masked, as: UTF8.self)
  }

  /// A fix whose text would show a secret is dropped: it could not be masked and still be a fix.
  static func masked(_ finding: Finding) -> Finding {
    var finding = finding
    finding.message = masked(finding.message)
    finding.help = finding.help.map { masked($0) }
    finding.related = finding.related.map { RelatedSpan(span: $0.span, message: masked($0.message)) }
    if var fix = finding.fix {
      fix.summary = masked(fix.summary)
      finding.fix = fix.edits.allSatisfy { masked($0.replacement) == $0.replacement } ? fix : nil
    }
    return finding
  }

  /// A password that stands for one (`user:password@host`) explains more than it tells.
  private static func mustHide(_ match: SecretScanner.Match) -> Bool {
    match.kind.family != .password || match.certainty == .certain
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }
}
