import Diagnostics
import Files
import Git

/// Where definitions are read from: the work tree, or a revision.
enum SourceTreeChoice {
  static func tree(_ revision: String?, _ folder: ProjectFolder) throws(Failure) -> any SourceTree {
    guard let revision else { return try SourceTrees.workTree(at: folder.path) }
    return try SourceTrees.revision(revision, at: folder.path)
  }
}
