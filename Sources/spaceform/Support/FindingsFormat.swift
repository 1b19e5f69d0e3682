import ArgumentParser
import Console
import Definitions
import Diagnostics
import Git
import Reports

/// `--format` of `validate`: for people, for programs, and for what code hosts and CI show.
enum FindingsFormat: String, CaseIterable, ExpressibleByArgument {
  case human, json, sarif, github, gitlab, junit

  /// Whether files are named from the repository's top, because the reader knows the repository and not the project.
  private var namesFilesFromTop: Bool { self != .human && self != .json }

  func report(_ loaded: LoadedDefinitions, projectFolder: String) throws(Failure) -> FindingsReport {
    var prefix = ""
    if namesFilesFromTop, let repository = try GitRepository.open(containing: projectFolder) {
      prefix = try repository.path(of: projectFolder)
    }
    return FindingsReport(
      findings: loaded.findings, texts: loaded.texts, filesChecked: loaded.filesChecked, pathPrefix: prefix,
      checked: loaded.checked)
  }

  func text(_ report: FindingsReport, style: Style) throws(Failure) -> String {
    switch self {
    case .human: HumanFindings.text(report, color: style.isColoured)
    case .json: JSONFindings.text(report)
    case .sarif: SARIFFindings.text(report)
    case .github: GitHubFindings.text(report)
    case .gitlab: GitLabFindings.text(report)
    case .junit: try JUnitFindings.text(report)
    }
  }
}
