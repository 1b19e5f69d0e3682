/// Storage mounted into a Space (facts: hub-api section 2.11). The Hub replaces the whole list at once.
public struct Volume: Hashable, Sendable, Comparable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case bucket, model, dataset, space
  }

  public var kind: Kind
  /// `owner/name` of the bucket or repository.
  public var source: String
  /// Where it is mounted: an absolute path.
  public var mount: String
  /// Always true for repositories; buckets may be writable.
  public var readOnly: Bool
  /// Repositories only; the Hub's default is `main`.
  public var revision: String?
  /// A folder inside the source.
  public var path: String?

  public init(
    kind: Kind, source: String, mount: String, readOnly: Bool? = nil, revision: String? = nil, path: String? = nil
  ) {
    self.kind = kind
    self.source = source
    self.mount = mount
    self.readOnly = kind == .bucket ? (readOnly ?? false) : true
    self.revision = revision
    self.path = path
  }

  public static func < (left: Volume, right: Volume) -> Bool {
    left.mount.utf8.lexicographicallyPrecedes(right.mount.utf8)
  }

  /// The form definitions, lock and plan share.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "type": .string(kind.rawValue), "source": .string(source), "mount": .string(mount), "read_only": .bool(readOnly),
    ]
    if let revision { members["revision"] = .string(revision) }
    if let path { members["path"] = .string(path) }
    return .object(members)
  }

  /// Reads what `json` wrote; nil when a required member is missing or of another type.
  public init?(json: JSONValue) {
    guard let kind = json["type"]?.stringValue.flatMap(Kind.init(rawValue:)), let source = json["source"]?.stringValue,
      let mount = json["mount"]?.stringValue
    else { return nil }
    self.init(
      kind: kind, source: source, mount: mount, readOnly: json["read_only"]?.boolValue,
      revision: json["revision"]?.stringValue, path: json["path"]?.stringValue)
  }
}
