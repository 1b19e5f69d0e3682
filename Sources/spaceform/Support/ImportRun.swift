import Console
import Content
import Definitions
import Diagnostics
import Files
import Git
import Hub
import HubAPI
import Parallel
import Reconciler
import Reports
import SpaceModel
import State

/// One import: read everything, refuse before anything is written, write definitions and files, record.
struct ImportRun {
  let addresses: [SpaceID]
  let folder: ProjectFolder
  let outline: ProjectOutline
  let hub: HubClient
  let options: GlobalOptions
  let bringsContent: Bool
  let mayOverwrite: Bool
  let patience: TimeSpan?

  /// What is to be done for one Space.
  private struct Item {
    let observed: ObservedForImport
    /// The definition file.
    let file: String
    let isNew: Bool
    let download: ContentDownload?
    let missing: [TreeFile]
    /// Where only the card is managed there are no files to bring: the head is taken over as it is.
    let head: RecordedContent?
  }

  func run() async throws -> ImportReport {
    let fleet = try load(awaitsFiles: bringsContent).fleet
    let target = NewFile(folder: folder.path)
    let items = try await items(fleet, target)
    let store = try StateAccess.store(
      folder, project: fleet.project.name, state: fleet.project.state, options, patience: patience)
    // The lease is taken before the first file is written, so that no apply reads a half-written definition.
    let session = try store.begin()
    do {
      guard session.inherited == nil else {
        throw Failure(
          doing: "importing \(names)", problem: "an apply did not end here, and what it did is not settled",
          help: "Run `spaceform apply` first: it finds out what was done")
      }
      try HubAccess.check(session.base, file: folder.lockName, endpoint: hub.endpoint, project: fleet.project.name)
      try await write(items, target)
      let report = try record(items, target, session, project: fleet.project.name)
      try session.close(settled: true)
      return report
    } catch {
      try? session.close(settled: session.inherited == nil)
      throw error
    }
  }

  private var names: String { addresses.map(\.description).joined(separator: ", ") }

  private func load(awaitsFiles: Bool = false) throws -> (fleet: Fleet, tree: any SourceTree) {
    let tree = try SourceTrees.workTree(at: folder.path)
    let loaded = try folder.load(tree, awaitsFiles: awaitsFiles)
    if let fleet = loaded.fleet { return (fleet, tree) }
    Terminal.error(loaded.humanText(style: options.errorStyle))
    throw Ending(status: .findings)
  }

  private func items(_ fleet: Fleet, _ target: NewFile) async throws(Failure) -> [Item] {
    var items: [Item] = []
    var claimed: Set<String> = []
    let all = try await sideBySide(addresses.count, width: 16) { [addresses, hub] number throws(Failure) in
      try await ObservedForImport.read(addresses[number], hub)
    }
    for observed in all {
      let address = observed.address
      let definition = fleet[address]
      guard definition != nil || options.environmentName == nil else {
        throw Failure(
          doing: "importing \(address)",
          problem: "no definition has this address in the environment \(options.environmentName ?? "")",
          help: "Write the definition first: a new file would count in every environment")
      }
      let file: String
      if let definition { file = definition.file } else { file = try newFile(address, target, &claimed) }
      var download: ContentDownload?
      var missing: [TreeFile] = []
      var head: RecordedContent?
      if bringsContent, let definition, definition.source == nil, definition.card != nil {
        head = try await headOnly(observed)
      } else if bringsContent {
        let source = try contentFolder(address, definition, &claimed)
        let plan = try await ContentDownload.plan(observed.info, into: source, hub)
        missing = try plan.missing(in: target, mayOverwrite: mayOverwrite)
        download = plan
      }
      items.append(
        Item(
          observed: observed, file: file, isNew: definition == nil, download: download, missing: missing, head: head))
    }
    return items
  }

  /// The record of a README that is about to be edited: the digest of what it is now, so that the next plan compares.
  private func headOnly(_ observed: ObservedForImport) async throws(Failure) -> RecordedContent {
    let download = try await ContentDownload.plan(observed.info, into: ".", hub)
    var readme: Readme?
    if download.files.contains(where: { $0.path == PreparedContent.readmePath }) {
      let bytes: [UInt8]
      do throws(HubError) {
        bytes = try await hub.file(PreparedContent.readmePath, of: observed.address, revision: download.commit)
      } catch {
        throw error.failure(doing: "reading the README of \(observed.address)")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      readme = ReadmeParser.parse(text) ?? Readme(frontMatter: [:], body: text, text: text)
    }
    return RecordedContent(
      digest: ContentDigest.of(files: [], readme: readme), commit: download.commit,
      live: observed.isLive(at: download.commit) ? download.commit : nil)
  }

  private func newFile(_ address: SpaceID, _ target: NewFile, _ claimed: inout Set<String>) throws(Failure) -> String {
    let names = [address.name, "\(address.owner)-\(address.name)"]
    let path = DefinitionPlace.path(for: names, including: outline.include) { [claimed] in
      target.exists($0) || claimed.contains($0)
    }
    guard let path else {
      throw Failure(
        doing: "choosing a file for the definition of \(address)",
        problem:
          "every name `include` leaves for it is taken, or its patterns leave none (\(outline.include.joined(separator: ", ")))",
        help: "Write a file with `name: \(address.name)` there yourself, then import it again")
    }
    claimed.insert(path)
    return path
  }

  private func contentFolder(
    _ address: SpaceID, _ definition: SpaceDefinition?, _ claimed: inout Set<String>
  ) throws(Failure) -> String {
    if let source = definition?.source { return source.path }
    if let definition {
      throw Failure(
        doing: "bringing the files of \(address) here", problem: "\(definition.file) names no folder for them",
        help: "Add `source: { path: apps/\(address.name) }` to it, then run the command again; the folder may be empty")
    }
    let plain = "apps/\(address.name)"
    let path = claimed.contains(plain) ? "apps/\(address.owner)-\(address.name)" : plain
    claimed.insert(path)
    return path
  }

  private func write(_ items: [Item], _ target: NewFile) async throws(Failure) {
    for item in items {
      if let download = item.download { try await download.fetch(item.missing, into: target, hub) }
      guard item.isNew else { continue }
      let address = item.observed.address
      let text = ImportedDefinition(
        observed: item.observed, namesOwner: outline.owner != address.owner || outline.defaultsNameOwner,
        source: item.download?.folder
      ).text
      try target.write(Array(text.utf8), at: item.file)
    }
  }

  /// Reads the project again, with the new files in it, and records what it says of the imported Spaces.
  private func record(
    _ items: [Item], _ target: NewFile, _ session: any StateSession, project: String
  ) throws -> ImportReport {
    let (fleet, tree) = try loadWritten()
    var lock = session.base ?? Lock(project: project, hub: Lock.hubName(forEndpoint: hub.endpoint))
    var spaces: [ImportReport.Space] = []
    for item in items {
      let address = item.observed.address
      guard let definition = fleet[address] else {
        throw Failure(
          doing: "recording \(address)", problem: "the definition in \(item.file) does not have this address",
          help: "Check `name` and `owner` in it, and `defaults` in spaceform.yaml")
      }
      let old = lock.spaces.first { $0.value.hubID == item.observed.info.hubID }
      if let old, old.key != address {
        throw Failure(
          doing: "recording \(address)", problem: "the lock has the same Space at \(old.key)",
          help: "`spaceform state mv \(old.key) \(address)` gives the record its new address")
      }
      var record = ImportedRecord(observed: item.observed, definition: definition).record
      // What was recorded before stays as it is, so that drift stays drift.
      if let old = old?.value { record.complete(old) }
      if let head = item.head { record.content = head }
      var notes = self.notes(item, definition)
      var content: ImportReport.Space.Content?
      if let download = item.download {
        let manifest = try ContentBuilder(tree: tree).prepare(definition)?.manifest
        if let manifest {
          let (digest, differing) = try download.recordedDigest(manifest, in: target)
          if !differing.isEmpty { notes.append(Self.differenceNote(differing)) }
          record.content = RecordedContent(
            digest: digest, commit: download.commit,
            live: item.observed.isLive(at: download.commit) ? download.commit : nil)
        }
        content = ImportReport.Space.Content(
          path: download.folder, commit: download.commit, files: download.files.count, written: item.missing.count)
      }
      let before = lock.spaces[address]
      lock.spaces[address] = record
      var space = ImportReport.Space(
        address: address, definition: item.file, isDefinitionNew: item.isNew,
        recording: before == nil ? .new : before == record ? .unchanged : .replaced,
        variables: item.observed.variables.keys.sorted(), secrets: item.observed.secrets.keys.sorted(),
        volumes: item.observed.volumes.count, content: content)
      space.notes = notes
      spaces.append(space)
    }
    if lock != session.base { try session.save(lock) }
    return ImportReport(spaces: spaces)
  }

  private func loadWritten() throws -> (fleet: Fleet, tree: any SourceTree) {
    do { return try load() } catch let ending as Ending {
      options.note("The files were written and nothing was recorded. Correct the definitions, then run the same command again.")
      throw ending
    }
  }

  private func notes(_ item: Item, _ definition: SpaceDefinition) -> [String] {
    var notes: [String] = []
    let observed = item.observed
    if item.isNew, observed.info.visibility == nil {
      notes.append("the Hub tells only private from public here; write `visibility: protected` where that is meant")
    }
    if observed.hasUnknownVolumes {
      notes.append("it has a volume of a kind this version does not know; `volumes` is left out and stays as it is")
    }
    if !item.isNew {
      let unmanaged = observed.variables.keys.filter { definition.variables[$0] == nil }.sorted()
      if !unmanaged.isEmpty {
        notes.append("variables the definition does not declare stay unmanaged: \(unmanaged.joined(separator: ", "))")
      }
      let secrets = observed.secrets.keys.filter { definition.secrets[$0] == nil }.sorted()
      if !secrets.isEmpty {
        notes.append("secrets the definition does not declare stay unmanaged: \(secrets.joined(separator: ", "))")
      }
    }
    if let left = item.download?.leftOut, !left.isEmpty {
      let fate =
        definition.source?.prune == true
        ? "the next change of files deletes them there, unless `source` says `prune: false`" : "they stay on the Space only"
      notes.append("Spaceform publishes no such files, and did not bring them: \(left.joined(separator: ", ")); \(fate)")
    }
    return notes
  }

  private static func differenceNote(_ paths: [String]) -> String {
    let shown = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
    return "the folder and the Space differ, and the next plan shows it: \(shown); files that git ignores do not count as here"
  }
}
