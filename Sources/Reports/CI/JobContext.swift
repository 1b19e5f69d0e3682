import CI

/// What the texts for a change request, a run's page and an issue say of where they come from.
public struct JobContext: Sendable {
  public let environment: CIEnvironment
  public let project: String
  /// The project's folder in the repository; `.` for its top.
  public let folder: String
  /// Of `--env`.
  public let environmentName: String?

  public init(environment: CIEnvironment, project: String, folder: String, environmentName: String?) {
    self.environment = environment
    self.project = project
    self.folder = folder
    self.environmentName = environmentName
  }

  public func marker(_ kind: Marker.Kind) -> Marker {
    Marker(kind, folder: folder, environment: environmentName)
  }

  /// The project as people tell it from others in the repository.
  public var title: String { project + (environmentName.map { " (\($0))" } ?? "") }

  /// A last line: the commit, and the way to the job.
  var footer: String {
    var parts: [String] = []
    if let revision = environment.revision {
      parts.append("commit <code>\(MarkdownText.escaped(String(revision.prefix(12))))</code>")
    }
    if let page = environment.page, JobContext.isLink(page) { parts.append("<a href=\"\(page)\">the job</a>") }
    return parts.isEmpty ? "" : "<sub>Spaceform · \(parts.joined(separator: " · "))</sub>\n"
  }

  /// Whether an address can stand in a link as it is.
  static func isLink(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"'`()[]{}\\|^".utf8.contains($0) }
  }
}
