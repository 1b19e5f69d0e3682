import HubAPI
import SpaceModel
import State

extension Planner {
  /// Compares the files of an existing Space and decides whether they may be written. Fills `files` and `blockedContent`;
  /// returns the one change that stands for all files.
  func planContent(
    _ definition: SpaceDefinition, _ record: LockRecord?, _ observed: ObservedSpace, _ plan: inout SpacePlan
  ) -> [Change] {
    guard !(record != nil && definition.lifecycle.ignores("content")) else { return [] }
    plan.blockedContent = unwritableSDK(definition, observed)
    guard let manifest = input.manifests[definition.id] else { return [] }
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

  /// Why the sdk stays another one than the definition says: it is what the README says, and nothing here writes that.
  private func unwritableSDK(_ definition: SpaceDefinition, _ observed: ObservedSpace) -> Refusal? {
    guard definition.declaresSDK, !definition.managesContent, let now = observed.info.sdk, now != definition.sdk else {
      return nil
    }
    return Refusal(
      "the sdk of \(definition.id) is \(now), and \(definition.file) says \(definition.sdk)",
      help: "The README of a Space says it: declare `card: {}` or a `source` to have it written, or set `sdk: \(now)`")
  }

  /// A Space that holds nothing but what the Hub put there at creation.
  private func isOnlyTheFirstCommit(_ content: ObservedContent) -> Bool {
    content.commits.count == 1 && !content.reachesRecorded
  }
}
