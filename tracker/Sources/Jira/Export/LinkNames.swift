import Backlog

/// Names of a project's link types by the header of their column.
public enum LinkNames {
  public static func byHeader(_ project: Project) -> [String: String] {
    Dictionary(
      [project.blocksLink, project.relatesLink].map { (ImportColumns.linkHeader($0), $0) },
      uniquingKeysWith: { first, _ in first })
  }
}
