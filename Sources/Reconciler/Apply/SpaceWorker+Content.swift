import Diagnostics
import HubAPI
import SpaceModel
import State

extension SpaceWorker {
  /// One commit with everything that differs, on top of the head the plan saw.
  mutating func commitContent() async throws(Failure) {
    let definition = try required()
    let address = current
    guard let manifest = shared.request.manifests[definition.id], let parent = head else {
      throw Failure(doing: "committing to \(address)", problem: "the Hub did not say which commit is its head")
    }
    let changes = try fileChanges(manifest, definition)
    guard !changes.isEmpty else { return }
    working("uploading \(changes.count) \(changes.count == 1 ? "file" : "files")")
    let doing = "committing to \(address)"
    let operations = try await operations(for: changes, definition, doing: doing)
    let commit = try await write(
      .commit,
      details: ["parent": .string(parent), "digest": .string(manifest.digest)], doing: doing,
      call: { intent throws(HubError) in
        try await hub.commit(
          CommitRequest(
            summary: summary(of: changes), description: CommitMark.line(intent), parentCommit: parent,
            operations: operations), to: address
        ).commit
      },
      result: { ["commit": .string($0)] },
      settle: { tries, _ in await settleCommit(tries.map(\.id), parent: parent, at: address) },
      record: { lock, commit in
        let live = lock.spaces[address]?.content?.live
        lock.spaces[address]?.content = RecordedContent(digest: manifest.digest, commit: commit, live: live)
      })
    head = commit
    causedCommit = true
    causedRestart = true
  }

  /// The plan's changes; for a Space just created, what differs from what the Hub put there.
  private func fileChanges(_ manifest: ContentManifest, _ definition: SpaceDefinition) throws(Failure) -> [FileChange] {
    guard plan.steps.contains(.create) else { return plan.files }
    return ContentDifference(
      manifest: manifest, live: ObservedContent(files: bornWith), prunes: definition.source?.prune ?? false
    ).files
  }

  private func operations(
    for changes: [FileChange], _ definition: SpaceDefinition, doing: String
  ) async throws(Failure) -> [CommitRequest.Operation] {
    let contents = shared.request.contents
    var operations: [CommitRequest.Operation] = []
    var uploads: [FileChange] = []
    var samples: [PreuploadFile] = []
    for change in changes {
      if change.operation == .delete {
        operations.append(.delete(path: change.path))
      } else if change.path == "README.md", let text = try readmeText(definition) {
        operations.append(.file(path: change.path, bytes: text))
      } else {
        uploads.append(change)
        samples.append(
          PreuploadFile(
            path: change.path, size: change.size, sample: try contents.sample(of: change.path, in: definition.id)))
      }
    }
    guard !uploads.isEmpty else { return operations }
    let answer: PreuploadAnswer
    do throws(HubError) { answer = try await hub.preupload(samples, to: current) } catch {
      throw error.failure(doing: doing)
    }
    let files = shared.request.manifests[definition.id]?.files ?? []
    let ids = Dictionary(files.map { ($0.path, $0.id) }) { first, _ in first }
    var objects: [LFSObject] = []
    for change in uploads {
      // An empty file is a regular one whatever the answer says (facts: hub-api section 4.2).
      if answer.files[change.path]?.mode == .lfs, change.size > 0, let id = ids[change.path] {
        objects.append(
          LFSObject(
            sha256: id.sha256, size: change.size, source: try contents.source(of: change.path, in: definition.id)))
        operations.append(.lfsFile(path: change.path, sha256: id.sha256, size: change.size))
      } else {
        operations.append(.file(path: change.path, bytes: try contents.bytes(of: change.path, in: definition.id)))
      }
    }
    if !objects.isEmpty {
      do throws(HubError) { try await hub.uploadLFS(objects, to: current) } catch { throw error.failure(doing: doing) }
    }
    return operations
  }

  private func readmeText(_ definition: SpaceDefinition) throws(Failure) -> [UInt8]? {
    let live = shared.request.observation.spaces[plan.movedFrom ?? plan.address]?.content.value?.readme
    return try shared.request.contents.readme(of: definition.id, over: live).map { Array($0.text.utf8) }
  }

  private func summary(of changes: [FileChange]) -> String {
    if changes.count == 1, let change = changes.first {
      return "\(change.operation == .delete ? "Delete" : "Update") \(change.path) with spaceform"
    }
    return "Update \(changes.count) files with spaceform"
  }

  /// A commit whose answer was lost is in the history with our mark, or the head is still its parent.
  private func settleCommit(_ intents: [String], parent: String, at address: SpaceID) async -> Settlement<String> {
    var sawParent = false
    for pause in [0.5, 2, 5] {
      await shared.request.clock.sleep(pause)
      do throws(HubError) {
        if let commit = try await Evidence.commit(of: address, intents, hub) { return .happened(commit.id) }
        if try await hub.space(address).sha != parent { return .unclear }
        sawParent = true
      } catch {
        sawParent = false
        if error.isAboutAccess { return .unclear }
      }
    }
    // The head has not moved; should the lost commit still arrive, `parentCommit` makes one of the two fail.
    return sawParent ? .didNotHappen : .unclear
  }
}
