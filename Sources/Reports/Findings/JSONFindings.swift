import Definitions
import Diagnostics
import SpaceModel

/// Findings for programs: a stable format, members are added and never change their meaning.
public enum JSONFindings {
  public static let formatVersion = 1

  /// The whole report.
  public static func value(_ report: FindingsReport) -> JSONValue {
    [
      "format_version": .int(formatVersion), "files_checked": .int(report.filesChecked),
      "checked": report.checked.map(value) ?? .null, "findings": .array(report.findings.map(value)),
    ]
  }

  /// The whole report as text, a newline at its end.
  public static func text(_ report: FindingsReport) -> String { value(report).prettyText }

  private static func value(_ checked: CheckedFiles) -> JSONValue {
    [
      "definitions": .int(checked.definitions), "app_files": .int(checked.appFiles),
      "spaces_in_project": .int(checked.spacesInProject),
      "spaces": .array(checked.spaces.map { ["file": .string($0.file), "reason": .string($0.reason.rawValue)] }),
    ]
  }

  private static func value(_ finding: Finding) -> JSONValue {
    var members: [String: JSONValue] = place(finding.span)
    members["rule"] = .string(finding.rule)
    members["severity"] = .string(finding.severity.rawValue)
    members["message"] = .string(finding.message)
    members["help"] = finding.help.map(JSONValue.string) ?? .null
    members["related"] = .array(
      finding.related.map { .object(place($0.span).merging(["message": .string($0.message)]) { given, _ in given }) })
    members["fix"] = finding.fix.map(value) ?? .null
    return .object(members)
  }

  private static func value(_ fix: Fix) -> JSONValue {
    let edits = fix.edits.map { edit -> JSONValue in
      .object(place(edit.span).merging(["replacement": .string(edit.replacement)]) { given, _ in given })
    }
    return ["summary": .string(fix.summary), "edits": .array(edits)]
  }

  private static func place(_ span: SourceSpan) -> [String: JSONValue] {
    ["file": .string(span.file), "start": position(span.start), "end": position(span.end)]
  }

  /// Both count from 1; columns in Unicode scalars.
  private static func position(_ position: Position) -> JSONValue {
    ["line": .int(position.line), "column": .int(position.column)]
  }
}
