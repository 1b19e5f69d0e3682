import Diagnostics
import Reports

/// What holds of every finding, whoever makes it.
enum FindingProperties {
  /// - Parameters:
  ///   - files: the bytes of every file a finding may point into.
  ///   - texts: what is shown of them.
  static func broken(_ findings: [Finding], in files: [String: [UInt8]], texts: [String: String]) -> [String] {
    var layouts: [String: TextLayout] = [:]
    var report = HumanFindings(texts: texts, color: false)
    var broken: [String] = []
    for finding in findings {
      let edits = finding.fix?.edits.map(\.span) ?? []
      for span in [finding.span] + finding.related.map(\.span) + edits {
        guard let bytes = files[span.file] else {
          broken.append("\(finding.rule) points into \(span.file), which there is not")
          continue
        }
        let layout = layouts[span.file] ?? TextLayout(bytes)
        layouts[span.file] = layout
        if !layout.holds(span) { broken.append("\(finding.rule) points out of the text: \(words(span))") }
      }
      let shown = report.text([finding])
      let place = "\(finding.span.start.line):\(finding.span.start.column)"
      if !shown.contains(place) { broken.append("\(finding.rule) is shown without its place \(place)") }
      if layouts[finding.span.file]?.hasText(finding.span.start.line) == true, !shown.contains("^") {
        broken.append("\(finding.rule) is shown without a caret at \(place)")
      }
      if shown.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F }) {
        broken.append("\(finding.rule) is shown with control characters")
      }
      if finding.help?.isEmpty ?? true { broken.append("\(finding.rule) shows no way out") }
    }
    return broken
  }

  static func words(_ span: SourceSpan) -> String {
    "\(span.file) \(span.start.line):\(span.start.column) to \(span.end.line):\(span.end.column)"
  }
}
