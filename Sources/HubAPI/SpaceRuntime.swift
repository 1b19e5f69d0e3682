import SpaceModel

/// Where a Space is in its life (facts hub-api section 3.1). Only the stage is certain; null and absent mean "not observed".
public struct SpaceRuntime: Hashable, Sendable, Codable {
  public var stage: Stage
  public var hardware: Hardware
  /// Idle timeout in seconds; fixed at 172800 on cpu-basic.
  public var gcTimeout: Int?
  public var replicas: Replicas?
  public var devMode: Bool?
  /// The commit that runs, which lags the repository's head.
  public var sha: String?
  public var errorMessage: String?
  /// Nil: not observed by this call, or none attached.
  public var volumes: [WireVolume]?
  public var domains: [Domain]?

  public struct Hardware: Hashable, Sendable, Codable {
    public var current: Flavour?
    public var requested: Flavour?
    public init(current: Flavour? = nil, requested: Flavour? = nil) {
      self.current = current
      self.requested = requested
    }
  }

  public struct Replicas: Hashable, Sendable, Codable {
    public var requested: Count?
    public var current: Int?
    public init(requested: Count?, current: Int?) {
      self.requested = requested
      self.current = current
    }

    /// A number, or the string `auto` (ZeroGPU).
    public enum Count: Hashable, Sendable, Codable {
      case fixed(Int)
      case auto
      public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) { self = .fixed(number) } else { self = .auto }
      }
      public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .fixed(let number): try container.encode(number)
        case .auto: try container.encode("auto")
        }
      }
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      requested = try? container.decodeIfPresent(Count.self, forKey: .requested)
      current = try? container.decodeIfPresent(Int.self, forKey: .current)
    }
  }

  public struct Domain: Hashable, Sendable, Codable {
    public var domain: String
    public var stage: String?
    public var isCustom: Bool?
    public init(domain: String, stage: String? = nil, isCustom: Bool? = nil) {
      self.domain = domain
      self.stage = stage
      self.isCustom = isCustom
    }
  }

  public init(stage: Stage, hardware: Hardware = Hardware()) {
    self.stage = stage
    self.hardware = hardware
  }

  private enum CodingKeys: String, CodingKey {
    case stage, hardware, gcTimeout, replicas, devMode, sha, errorMessage, volumes, domains
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    stage = try container.decode(Stage.self, forKey: .stage)
    hardware = (try? container.decodeIfPresent(Hardware.self, forKey: .hardware)) ?? Hardware()
    gcTimeout = try? container.decodeIfPresent(Int.self, forKey: .gcTimeout)
    replicas = try? container.decodeIfPresent(Replicas.self, forKey: .replicas)
    devMode = try? container.decodeIfPresent(Bool.self, forKey: .devMode)
    sha = try? container.decodeIfPresent(String.self, forKey: .sha)
    errorMessage = try? container.decodeIfPresent(String.self, forKey: .errorMessage)
    volumes = try? container.decodeIfPresent([WireVolume].self, forKey: .volumes)
    domains = try? container.decodeIfPresent([Domain].self, forKey: .domains)
  }
}

/// A volume as the Hub writes it.
public struct WireVolume: Hashable, Sendable, Codable {
  public var type: String
  public var source: String
  public var mountPath: String
  public var revision: String?
  public var readOnly: Bool?
  public var path: String?

  public init(_ volume: Volume) {
    type = volume.kind.rawValue
    source = volume.source
    mountPath = volume.mount
    revision = volume.revision
    readOnly = volume.readOnly
    path = volume.path
  }

  /// Nil for a kind of volume we do not know.
  public var volume: Volume? {
    Volume.Kind(rawValue: type).map {
      Volume(kind: $0, source: source, mount: mountPath, readOnly: readOnly, revision: revision, path: path)
    }
  }
}
