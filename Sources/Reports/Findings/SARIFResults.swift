import Diagnostics
import SpaceModel

/// The results of one run, and the rules they refer to.
struct SARIFResults {
  /// Errors first, then by place; the most severe when there are more than may be.
  let values: [JSONValue]
  /// By id; only those that a result refers to.
  let rules: [JSONValue]
  /// How many findings found no room.
  let leftOut: Int

  init(_ report: FindingsReport) {
    let fingerprints = Dictionary(zip(report.findings, FindingFingerprint.all(of: report))) { first, _ in first }
    let kept = report.mostSevereFirst.prefix(SARIFFindings.resultLimit)
    var severities: [String: Severity] = [:]
    for finding in kept { severities[finding.rule] = max(finding.severity, severities[finding.rule, default: .note]) }
    let ids = severities.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let indices = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    rules = ids.map { SARIFRule.value($0, severity: severities[$0, default: .note]) }
    leftOut = report.findings.count - kept.count
    let places = SARIFPlaces(report)
    values = kept.map { finding in
      var members: [String: JSONValue] = [
        "ruleId": .string(finding.rule), "ruleIndex": .int(indices[finding.rule, default: -1]),
        "level": .string(finding.severity.rawValue), "message": SARIFMessage.value(finding.sentences),
        "locations": [["physicalLocation": places.location(finding.span)]],
        "partialFingerprints": ["spaceform/v1": .string(fingerprints[finding, default: ""])],
      ]
      if !finding.related.isEmpty { members["relatedLocations"] = .array(Self.related(finding, places)) }
      if let fix = finding.fix { members["fixes"] = [Self.value(fix, places)] }
      return .object(members)
    }
  }

  private static func related(_ finding: Finding, _ places: SARIFPlaces) -> [JSONValue] {
    finding.related.prefix(SARIFFindings.relatedLimit).enumerated().map { index, related in
      [
        "id": .int(index + 1), "physicalLocation": places.location(related.span),
        "message": SARIFMessage.value(related.message),
      ]
    }
  }

  private static func value(_ fix: Fix, _ places: SARIFPlaces) -> JSONValue {
    var files: [String] = []
    for edit in fix.edits where !files.contains(edit.span.file) { files.append(edit.span.file) }
    let changes = files.map { file -> JSONValue in
      [
        "artifactLocation": places.artifact(file),
        "replacements": .array(
          fix.edits.filter { $0.span.file == file }.map { edit in
            [
              "deletedRegion": SARIFPlaces.exactRegion(edit.span),
              "insertedContent": ["text": .string(edit.replacement)],
            ]
          }),
      ]
    }
    return ["description": SARIFMessage.value(fix.summary), "artifactChanges": .array(changes)]
  }
}
