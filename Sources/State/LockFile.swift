import SpaceModel

/// A lock of the current format; of any other one it says which.
struct LockFile: Decodable {
  let lock: Lock

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let version = try container.decode(Int.self, forKey: .version)
    switch LockCodec.history.place(of: version) {
    case .current: lock = try CurrentLockFile(from: decoder).lock()
    case .older: throw LockFileProblem.older(version)
    case .newer: throw LockFileProblem.newer(version)
    case .unknown: throw LockFileProblem.unknownVersion(version)
    }
  }

  private enum Key: String, CodingKey { case version }
}

/// What is wrong with a lock whose types are right.
enum LockFileProblem: Error, Hashable {
  case newer(Int)
  /// To be migrated first.
  case older(Int)
  case unknownVersion(Int)
  case badAddress(String, path: String)
  case emptyID(SpaceID)
  case sameID(String, SpaceID, SpaceID)
}

/// The current format as it stands in the file. Members it does not name are ignored.
private struct CurrentLockFile: Decodable {
  var project: String
  var hub: String
  var revision: String?
  var spaces: [String: Record]

  func lock() throws -> Lock {
    var lock = Lock(project: project, hub: hub, revision: revision)
    lock.spaces.reserveCapacity(spaces.count)
    var owners: [String: SpaceID] = [:]
    for (address, record) in spaces {
      guard let id = SpaceID(address) else { throw LockFileProblem.badAddress(address, path: "spaces") }
      guard !record.id.isEmpty else { throw LockFileProblem.emptyID(id) }
      if let other = owners.updateValue(id, forKey: record.id) {
        throw LockFileProblem.sameID(record.id, min(id, other), max(id, other))
      }
      lock.spaces[id] = try record.value(address: address)
    }
    return lock
  }

  struct Record: Decodable {
    var id: String
    var settings: [String: Setting]?
    var card: [String: JSONValue]?
    var variables: [String: Variable]?
    var secrets: [String: Secret]?
    var volumes: [Volume]?
    var content: Content?
    var dependsOn: [String]?
    var preventDestroy: Bool?

    enum CodingKeys: String, CodingKey {
      case id, settings, card, variables, secrets, volumes, content, dependsOn = "depends_on",
        preventDestroy = "prevent_destroy"
    }

    func value(address: String) throws -> LockRecord {
      var record = LockRecord(hubID: id)
      record.settings = settings?.mapValues(\.value) ?? [:]
      record.card = card
      record.variables = variables?.mapValues(\.value) ?? [:]
      record.secrets = secrets?.mapValues(\.value) ?? [:]
      record.volumes = volumes?.map(\.value)
      record.content = content?.value
      for text in dependsOn ?? [] {
        guard let id = SpaceID(text) else {
          throw LockFileProblem.badAddress(text, path: "spaces[\"\(address)\"].depends_on")
        }
        record.dependsOn.append(id)
      }
      record.dependsOn.sort()
      record.preventDestroy = preventDestroy ?? false
      return record
    }
  }

  /// Texts first: `JSONValue` tries tables first, and each refused attempt costs a thrown error.
  struct Setting: Decodable {
    var value: JSONValue
    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        value = .string(text)
      } else {
        value = try JSONValue(from: decoder)
      }
    }
  }

  struct Variable: Decodable {
    var value: RecordedVariable
    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        value = RecordedVariable(value: text)
      } else {
        let container = try decoder.container(keyedBy: Key.self)
        value = RecordedVariable(
          value: try container.decode(String.self, forKey: .value),
          note: try container.decodeIfPresent(String.self, forKey: .description))
      }
    }
    enum Key: String, CodingKey { case value, description }
  }

  struct Secret: Decodable {
    var updatedAt: Timestamp?
    var version: Int?
    var fingerprint: String?
    var value: RecordedSecret { RecordedSecret(updatedAt: updatedAt, version: version, fingerprint: fingerprint) }
    enum CodingKeys: String, CodingKey { case updatedAt = "updated_at", version, fingerprint }
  }

  struct Volume: Decodable {
    var type: SpaceModel.Volume.Kind
    var source: String
    var mount: String
    var readOnly: Bool?
    var revision: String?
    var path: String?
    var value: SpaceModel.Volume {
      SpaceModel.Volume(
        kind: type, source: source, mount: mount, readOnly: readOnly, revision: revision, path: path)
    }
    enum CodingKeys: String, CodingKey { case type, source, mount, readOnly = "read_only", revision, path }
  }

  struct Content: Decodable {
    var digest: String
    var commit: String
    var live: String?
    var value: RecordedContent { RecordedContent(digest: digest, commit: commit, live: live) }
  }
}
