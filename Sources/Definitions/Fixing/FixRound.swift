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
    var accepted: [String: [(range: Range<Int>, replacement: String)]] = [:]
    var texts: [String: SourceText] = [:]
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
          texts[file] = SourceText(found, file: file)
        }
        guard let text = texts[file] else { break }
        let start = text.index(edit.span.start)
        edits.append((file, start..<max(start, text.index(edit.span.end)), edit.replacement))
      }
      guard edits.count == fix.edits.count else { continue }
      let isFree = edits.allSatisfy { edit in
        !(accepted[edit.file] ?? []).contains { FixRound.collide($0.range, edit.range) }
      }
      guard isFree else {
        seen.remove(fix)
        continue
      }
      for edit in edits { accepted[edit.file, default: []].append((edit.range, edit.replacement)) }
      fixed.append(finding)
    }
    for (file, edits) in accepted {
      guard var changed = bytes[file] else { continue }
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        changed.replaceSubrange(edit.range, with: Array(edit.replacement.utf8))
      }
      if changed != bytes[file] { files[file] = changed }
    }
  }

  /// Neighbours may touch; what shares a byte, or inserts at one place, may not.
  private static func collide(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.overlaps(right) || left.lowerBound == right.lowerBound
      || left.isEmpty && right.contains(left.lowerBound) || right.isEmpty && left.contains(right.lowerBound)
  }
}
