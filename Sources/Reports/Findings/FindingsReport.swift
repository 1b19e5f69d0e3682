import Definitions
import Diagnostics

/// What one run of `validate` found: the value every format is made from.
public struct FindingsReport: Sendable {
  /// Sorted by file and place, without duplicates.
  public let findings: [Finding]
  /// The texts of the files findings point into, by path; a file without one is named without its lines.
  public let texts: [String: String]
  /// How many files were looked at, those without findings among them.
  public let filesChecked: Int
  /// The same in full, where a run knows it.
  public let checked: CheckedFiles?
  /// Where the project folder lies in its repository: empty at the top, else `sub/folder/`. Formats that code hosts read name
  /// files from the repository's top; `human` and `json` name them from the project folder.
  public let pathPrefix: String

  /// - Parameters:
  ///   - findings: in any order.
  ///   - texts: of files, by their paths, to show lines of.
  ///   - filesChecked: how many files were looked at.
  ///   - pathPrefix: the project folder as seen from the repository's top; `.` and the empty text both are the top.
  ///   - checked: which Spaces were checked and why; nil when that is not known.
  public init(
    findings: [Finding], texts: [String: String] = [:], filesChecked: Int, pathPrefix: String = "", checked: CheckedFiles? = nil
  ) {
    self.findings = findings.sortedForReport()
    self.texts = texts
    self.filesChecked = filesChecked
    self.checked = checked
    let isTop = pathPrefix.isEmpty || pathPrefix == "."
    self.pathPrefix = isTop ? "" : pathPrefix.hasSuffix("/") ? pathPrefix : pathPrefix + "/"
  }

  /// A file of the project, as its repository names it.
  func repositoryPath(_ file: String) -> String { pathPrefix + file }

  /// Errors, then warnings, then notes, each by place: what a reader with a limit should see first.
  var mostSevereFirst: [Finding] {
    [Severity.error, .warning, .note].flatMap { severity in findings.filter { $0.severity == severity } }
  }
}
