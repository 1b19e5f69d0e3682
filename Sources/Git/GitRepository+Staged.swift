import CLibGit2
import Diagnostics
import Files

/// One file that the next commit would change.
public struct StagedChange: Hashable, Sendable {
  /// Relative to the folder asked about.
  public var path: String
  /// Whether the commit would take the file away.
  public var isDeletion: Bool
}

extension GitRepository {
  /// What is staged: where the index differs from the current commit, below a folder of the work tree. Before the first commit, all
  /// of the index. A rename is a deletion and an addition.
  /// - Parameter folder: as `path(of:)` gives it.
  public func stagedChanges(under folder: String) throws(Failure) -> [StagedChange] {
    try staged(under: folder).changes
  }

  /// The same, and the index: both from one reading of it, so that they are about the same moment.
  /// - Returns: entries with paths in the repository, changes with paths in the folder.
  func staged(under folder: String) throws(Failure) -> (entries: [GitEntry], changes: [StagedChange]) {
    guard let path = try indexPath() else { return ([], []) }
    let read = withIndex(path) { handle, index in
      GitRepository.entries(of: index).flatMap { entries in
        GitRepository.changes(of: index, in: handle).map { (entries: entries, changes: $0) }
      }
    }
    let entries = if let read { read.entries } else { try indexEntries() }
    let changes = if let read { read.changes } else { try listStaged() }
    return (
      entries,
      changes.compactMap { change in
        ProjectPath.relative(change.path, to: folder).map { StagedChange(path: $0, isDeletion: change.isDeletion) }
      }
    )
  }

  /// By libgit2; nil when it cannot read the commit.
  private static func changes(of index: OpaquePointer, in handle: OpaquePointer) -> [StagedChange]? {
    var tree: OpaquePointer?
    switch git_revparse_single(&tree, handle, "HEAD^{tree}") {
    case 0: break
    case GIT_ENOTFOUND.rawValue: tree = nil
    default: return nil
    }
    defer { git_object_free(tree) }
    var options = git_diff_options()
    guard git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) == 0 else { return nil }
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue
    var made: OpaquePointer?
    guard git_diff_tree_to_index(&made, handle, tree, index, &options) == 0, let diff = made else { return nil }
    defer { git_diff_free(diff) }
    return (0..<git_diff_num_deltas(diff)).compactMap { number in
      guard let delta = git_diff_get_delta(diff, number)?.pointee, let path = delta.old_file.path ?? delta.new_file.path
      else {
        return nil
      }
      return StagedChange(path: String(cString: path), isDeletion: delta.status == GIT_DELTA_DELETED)
    }
  }

  private func listStaged() throws(Failure) -> [StagedChange] {
    let fields = try program.fields(
      ["diff", "--cached", "--name-status", "--no-renames", "--no-ext-diff", "-z"], doing: "finding out what is staged")
    return stride(from: 0, to: fields.count - 1, by: 2).map {
      StagedChange(path: fields[$0 + 1], isDeletion: fields[$0] == "D")
    }
  }
}
