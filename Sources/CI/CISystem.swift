/// A system that runs jobs, as far as Spaceform knows its ways.
public enum CISystem: String, Hashable, Sendable {
  case github, gitlab
  /// Any other, or none: there is nobody to post to.
  case other

  /// As people call it.
  public var name: String {
    switch self {
    case .github: "GitHub Actions"
    case .gitlab: "GitLab CI/CD"
    case .other: "a shell"
    }
  }
}
