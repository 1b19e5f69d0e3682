import HubAPI
import SpaceModel
import State

/// What has to be asked, and of which Spaces.
struct Questions: Sendable {
  var owners: [String]
  var addresses: Set<SpaceID>
  var variables: Set<SpaceID> = []
  var secrets: Set<SpaceID> = []
  var volumes: Set<SpaceID> = []
  var contents: [SpaceID: ContentManifest] = [:]
  var recordedContents: [SpaceID: RecordedContent] = [:]

  /// Whether all keys of every Space are asked for, not only where some are managed.
  var listsKeys: Bool

  /// One question about a single Space.
  enum Question: Sendable {
    case variables, secrets, volumes
    case content(ContentManifest, recorded: RecordedContent?, head: String)
  }

  struct Asked: Sendable {
    var address: SpaceID
    var question: Question
  }

  init(fleet: Fleet, manifests: [SpaceID: ContentManifest], lock: Lock?, refresh: Refresh = .bulk) {
    listsKeys = refresh == .full
    addresses = Set(fleet.spaces.map(\.id))
    let recorded = lock?.spaces ?? [:]
    addresses.formUnion(recorded.keys)
    for space in fleet.spaces {
      // A Space that is to be moved is still at its old address, and its record with it.
      var places = [space.id]
      if let origin = space.movedFrom {
        addresses.insert(origin)
        places.append(origin)
      }
      let record = recorded[space.id] ?? space.movedFrom.flatMap { recorded[$0] }
      if !space.variables.isEmpty || record?.variables.isEmpty == false { variables.formUnion(places) }
      if !space.secrets.isEmpty || record?.secrets.isEmpty == false { secrets.formUnion(places) }
      if space.volumes != nil { volumes.formUnion(places) }
      if let manifest = manifests[space.id], !space.lifecycle.ignores("content") || record == nil {
        for place in places {
          contents[place] = manifest
          if let content = record?.content { recordedContents[place] = content }
        }
      }
    }
    addresses.formUnion(fleet.project.removed.map(\.space))
    owners = Set(addresses.map(\.owner)).sorted()
  }

  /// Every question about keys, for whichever Spaces turn out to be there, sorted.
  var keys: [Asked] {
    (listsKeys ? addresses : variables.union(secrets)).sorted().flatMap { keys(of: $0) }
  }

  private func keys(of address: SpaceID) -> [Asked] {
    var asked: [Asked] = []
    if listsKeys || variables.contains(address) { asked.append(Asked(address: address, question: .variables)) }
    if listsKeys || secrets.contains(address) { asked.append(Asked(address: address, question: .secrets)) }
    return asked
  }

  /// What is left to ask of the Spaces that are there, sorted.
  /// - Parameter asked: the Spaces whose keys have been asked for already.
  func details(of spaces: [SpaceID: ObservedSpace], asked known: Set<SpaceID>) -> [Asked] {
    var asked: [Asked] = []
    for (address, observed) in spaces.sorted(by: { $0.key < $1.key }) {
      if !known.contains(address) { asked += keys(of: address) }
      if volumes.contains(address) { asked.append(Asked(address: address, question: .volumes)) }
      guard let manifest = contents[address], let head = observed.info.sha else { continue }
      let recorded = recordedContents[address]
      if recorded?.commit != head || recorded?.digest != manifest.digest {
        asked.append(Asked(address: address, question: .content(manifest, recorded: recorded, head: head)))
      }
    }
    return asked
  }
}
