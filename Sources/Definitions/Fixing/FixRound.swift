import Diagnostics

/// One round of fixes: every fix that fits beside those before it, applied to the files' own bytes.
///
/// A fix is applied as a whole or not at all. One that touches what another has changed waits for the next round, when the findings have been
/// made anew.
public struct FixRound: Sendable {
  /// What changed files hold now, by path in the project.
  public private(set) var files: [String: [UInt8]] = [:]
  /// The findings that were fixed.
  public private(set) var fixed: [Finding] = []

  /// - Parameters:
  ///   - findings: as they were found in the files as they are.
  ///   - read: a file's bytes; nil for one that may not be changed, whose fixes are left out.
  public init(_ findings: [Finding], read: (String) throws(Failure) -> [UInt8]?) throws(Failure) {
    var accepted: [String: AcceptedEdits] = [:]
    var texts: [String: (text: SourceText, lines: [Range<Int>])] = [:]
    var bytes: [String: [UInt8]] = [:]
    var seen: Set<Fix> = []
    for finding in findings {
      guard let fix = finding.fix, !fix.edits.isEmpty else { continue }
      // Two findings may ask for the same.
      guard seen.insert(fix).inserted else {
        fixed.append(finding)
        continue
      }
      var edits: [(file: String, range: Range<Int>, replacement: String)] = []
      for edit in fix.edits {
        let file = edit.span.file
        if texts[file] == nil, let found = try read(file) {
          bytes[file] = found
          let text = SourceText(found, file: file)
          texts[file] = (text, text.lines)
        }
        guard let (text, lines) = texts[file] else { break }
        let start = text.index(edit.span.start, in: lines)
        edits.append((file, start..<max(start, text.index(edit.span.end, in: lines)), edit.replacement))
      }
      guard edits.count == fix.edits.count else { continue }
      let isApart = edits.indices.allSatisfy { index in
        !edits[..<index].contains { $0.file == edits[index].file && AcceptedEdits.collide($0.range, edits[index].range) }
      }
      guard isApart, edits.allSatisfy({ accepted[$0.file]?.hasRoom(for: $0.range) ?? true }) else {
        seen.remove(fix)
        continue
      }
      for edit in edits { accepted[edit.file, default: AcceptedEdits()].insert(edit.range, edit.replacement) }
      fixed.append(finding)
    }
    for (file, edits) in accepted {
      guard let old = bytes[file] else { continue }
      let changed = edits.applied(to: old)
      if changed != old { files[file] = changed }
    }
  }
}
