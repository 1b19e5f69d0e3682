import HubAPI
import HubSimulator
import SpaceModel

/// Spaces as the Hub writes them (facts hub-api sections 2.6, 2.7 and 3).
enum SpaceJSON {
  /// Everything `expand` may name.
  static let properties: Set<String> = [
    "author", "cardData", "createdAt", "datasets", "disabled", "lastModified", "likes", "models", "private", "region",
    "resourceGroup", "runtime", "sdk", "sha", "siblings", "subdomain", "tags", "trendingScore", "usedStorage", "xetEnabled",
  ]

  static func checked(_ expand: [String]) throws(Refusal) -> Set<String> {
    for name in expand where !properties.contains(name) {
      throw .rejected("\"expand\" must be one of [\(properties.sorted().joined(separator: ", "))], not \(name)")
    }
    return Set(expand)
  }

  /// What info answers without `expand`.
  static func info(_ space: Space, files: [String: Repository.File], sha: String, blobs: Bool, _ assumptions: Assumptions)
    -> JSONValue
  {
    var names = properties
    names.subtract(["trendingScore", "xetEnabled", "siblings", "sha"])
    if space.region == nil { names.remove("region") }
    guard case .object(var members) = projection(space, names, inList: false, assumptions) else { return .null }
    members["sha"] = .string(sha)
    members["siblings"] = siblings(files, blobs: blobs)
    members["host"] = .string(space.host)
    members["gated"] = space.gated.map(JSONValue.string) ?? false
    if assumptions["info-visibility"] == "yes" { members["visibility"] = .string(space.visibility.rawValue) }
    return .object(members)
  }

  /// `_id`, `id` and the named properties only.
  static func projection(_ space: Space, _ names: Set<String>, inList: Bool, _ assumptions: Assumptions) -> JSONValue {
    var members: [String: JSONValue] = ["_id": .string(space.hubID), "id": .string(space.address.description)]
    for name in names {
      if let value = property(name, of: space, inList: inList, assumptions) { members[name] = value }
    }
    return .object(members)
  }

  private static func property(
    _ name: String, of space: Space, inList: Bool, _ assumptions: Assumptions
  ) -> JSONValue? {
    switch name {
    case "author": .string(space.address.owner)
    case "cardData": .object(space.card.data)
    case "createdAt": .string(space.createdAt.description)
    case "datasets": space.card.data["datasets"] ?? .array([])
    case "disabled": false
    case "lastModified": .string(space.lastModified.description)
    case "likes": .int(space.likes)
    case "models": space.card.data["models"] ?? .array([])
    case "private": .bool(isPrivate(space, assumptions))
    case "region": space.region.map { .string($0.rawValue) }
    case "resourceGroup":
      space.resourceGroup.map { group in
        .object(["id": .string(group.id), "name": group.name.map(JSONValue.string) ?? .null])
      }
    case "runtime": runtime(space, withVolumes: !inList || assumptions["list-volumes"] == "yes", assumptions)
    case "sdk": space.sdk.map { .string($0.rawValue) }
    case "sha": space.repository.head.map(JSONValue.string)
    case "siblings": siblings(space.files, blobs: false)
    case "subdomain": .string(space.subdomain)
    case "tags":
      .array(
        [space.sdk?.rawValue, space.region.map { "region:\($0)" }].compactMap { $0 }.map(JSONValue.string)
          + (space.card.data["tags"]?.arrayValue ?? []))
    // How the Hub reckons it is not published; here every like counts the same.
    case "trendingScore": .int(space.likes)
    case "usedStorage": .int(space.files.values.reduce(0) { $0 + $1.size })
    case "xetEnabled": false
    default: nil
    }
  }

  private static func isPrivate(_ space: Space, _ assumptions: Assumptions) -> Bool {
    switch space.visibility {
    case .public: false
    case .private: true
    case .protected: assumptions["protected-private"] == "true"
    }
  }

  private static func siblings(_ files: [String: Repository.File], blobs: Bool) -> JSONValue {
    .array(
      files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, file in
        var entry: [String: JSONValue] = ["rfilename": .string(path)]
        if blobs {
          entry["size"] = .int(file.size)
          entry["blobId"] = .string(file.git)
          if let lfs = file.lfs { entry["lfs"] = lfsObject(lfs, file.size, idKey: "sha256") }
        }
        return .object(entry)
      })
  }

  static func lfsObject(_ sha256: String, _ size: Int, idKey: String) -> JSONValue {
    // The pointer's three lines: everything but the size's digits is of fixed length.
    [idKey: .string(sha256), "size": .int(size), "pointerSize": .int(125 + String(size).utf8.count)]
  }

  /// The runtime object (facts hub-api section 3.1); static Spaces show the few members of section 3.3.
  static func runtime(_ space: Space, withVolumes: Bool = true, _ assumptions: Assumptions) -> JSONValue {
    let life = space.life
    func flavour(_ value: Flavour?) -> JSONValue { value.map { .string($0.rawValue) } ?? .null }
    var members: [String: JSONValue] = [
      "stage": .string(life.stage.rawValue), "storage": .null,
      "hardware": ["current": flavour(life.current), "requested": flavour(life.requested)],
    ]
    if space.isStatic {
      members["replicas"] = ["requested": 1, "current": 1]
      return .object(members)
    }
    let replicas: JSONValue = life.requested == .zeroA10G ? "auto" : .int(life.replicas)
    members["replicas"] = ["requested": replicas, "current": life.current == nil ? .null : .int(life.replicas)]
    members["devMode"] = .bool(life.devMode)
    members["domains"] = [["domain": .string("\(space.subdomain).hf.space"), "stage": "READY"]]
    members["gcTimeout"] = timeout(space.gcTimeout, assumptions)
    if let sha = life.deployed { members["sha"] = .string(sha) }
    if let message = life.errorMessage { members["errorMessage"] = .string(message) }
    if withVolumes, !space.volumes.isEmpty { members["volumes"] = .array(space.volumes.map(volume)) }
    return .object(members)
  }

  private static func timeout(_ seconds: Int?, _ assumptions: Assumptions) -> JSONValue {
    guard let seconds else { return .null }
    return seconds == -1 && assumptions["never-sleeps"] == "null" ? .null : .int(seconds)
  }

  private static func volume(_ volume: WireVolume) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": .string(volume.type), "source": .string(volume.source), "mountPath": .string(volume.mountPath),
      "readOnly": .bool(volume.readOnly ?? false),
    ]
    if let revision = volume.revision { members["revision"] = .string(revision) }
    if let path = volume.path { members["path"] = .string(path) }
    return .object(members)
  }
}
