import Diagnostics
import Git
import Reconciler
import SpaceModel

/// What a change request changes: the project now beside the project where the change request branched off.
struct PreviewChanges {
  let project: Project
  let options: GlobalOptions

  func since(_ base: String, _ preview: PreviewFleet) async throws -> Set<SpaceID> {
    let start = try branchingOff(base)
    let folder = project.folder
    let tree = try SourceTreeChoice.tree(start, folder)
    guard try tree.read(ProjectFolder.fileName) != nil else { return Set(preview.origin.spaces.map(\.id)) }
    guard let before = try folder.load(tree).fleet else {
      throw Failure(
        doing: "finding out what changes",
        problem: "the definitions of \(start.prefix(12)), which it started from, have errors",
        help: "Name the Spaces to preview with --target.")
    }
    let (contents, _) = await ProjectContents.prepare(before, tree: tree)
    return preview.changes(
      since: before, files: (digests(project.contents), digests(contents)))
  }

  private func digests(_ contents: ProjectContents) -> [SpaceID: String] { contents.manifests.mapValues(\.digest) }

  private func branchingOff(_ base: String) throws(Failure) -> String {
    let doing = "finding out what changes"
    guard let repository = try GitRepository.open(containing: project.folder.path), let head = project.head else {
      throw Failure(
        doing: doing, problem: "\(project.folder.path) is in no git repository with a commit",
        help: "Name the Spaces to preview with --target.")
    }
    if let start = try repository.mergeBase(base, head) { return start }
    throw Failure(
      doing: doing, problem: "this clone does not have the commit in which \(head.prefix(12)) left \(base.prefix(40))",
      help: "Check out with the history (`fetch-depth: 0`, GIT_DEPTH: 0), or name the Spaces with --target.")
  }
}
