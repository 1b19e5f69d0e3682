import HubAPI
import SpaceModel
import State

extension Planner {
  /// Compares the files of an existing Space and decides whether they may be written. Fills `files` and `blockedContent`;
  /// returns the one change that stands for all files.
  func planContent(
    _ definition: SpaceDefinition, _ record: LockRecord?, _ observed: ObservedSpace, _ plan: inout SpacePlan
  ) -> [Change] {
    guard let manifest = input.manifests[definition.id], !(record != nil && definition.lifecycle.ignores("content")) else {
      return []
    }
    switch observed.content {
    case .notRead:
      // Asked for files wherever the head or the wanted files are not the recorded ones; not asked for anything, by the digest alone.
      let recorded = record?.content
      guard input.observation.refresh == .nothing, recorded?.digest != manifest.digest else { return [] }
      return [
        Change(
          path: "content", old: recorded.map { .string($0.digest) }, new: .string(manifest.digest), effect: .rebuild)
      ]
    case .unreadable(let why):
      plan.blockedContent = Refusal(
        "the files of \(definition.id) cannot be read: \(why)", help: "Use a token that may read the Space",
        status: .notAllowed)
      return []
    case .value(let live):
      // Only where the head is ours may files be deleted that we know nothing of.
      let headIsOurs = record?.content?.commit == observed.info.sha || isOnlyTheFirstCommit(live)
      let prunes = (definition.source?.prune ?? false) && (headIsOurs || input.options.overwriteForeign)
      plan.files = ContentDifference(manifest: manifest, live: live, prunes: prunes).files
      guard !plan.files.isEmpty else { return [] }
      let isWanted = record?.content?.digest != manifest.digest
      if !headIsOurs, !input.options.overwriteForeign {
        plan.foreignCommits = live.commits.map { "\($0.id.prefix(7)) \($0.title)" }
        let count = live.commits.count
        plan.blockedContent = Refusal(
          "\(definition.id) has \(live.reachesRecorded ? "\(count)" : "at least \(count)") \(count == 1 ? "commit that is" : "commits that are") not ours",
          help: "`spaceform import --content \(definition.id)` brings the files here; `--overwrite-foreign` discards them")
        return []
      }
      return [
        Change(
          path: "content", old: record?.content.map { .string($0.commit) }, new: .string(manifest.digest), effect: .rebuild,
          origin: isWanted ? .wanted : .drift)
      ]
    }
  }

  /// A Space that holds nothing but what the Hub put there at creation.
  private func isOnlyTheFirstCommit(_ content: ObservedContent) -> Bool {
    content.commits.count == 1 && !content.reachesRecorded
  }
}
