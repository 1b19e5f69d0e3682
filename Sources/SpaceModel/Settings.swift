/// A name out of a set the Hub may extend at any time: known values are constants, unknown ones are kept, never fatal.
public protocol OpenName: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible, ExpressibleByStringLiteral
where RawValue == String {
  init(rawValue: String)
}

extension OpenName {
  public var description: String { rawValue }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// What builds and runs the Space. `streamlit` can be imported, not created (deprecated by the Hub on 2025-04-30).
public struct SDK: OpenName {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static let docker: SDK = "docker"
  public static let gradio: SDK = "gradio"
  public static let `static`: SDK = "static"
  public static let streamlit: SDK = "streamlit"
  /// What a definition may ask for at creation.
  public static var creatable: [SDK] { PublishedCatalogue.current.creatableSDKs }
}

/// Who may see the Space: `protected` is a public app over private code.
public enum Visibility: String, Hashable, Sendable, Codable, CaseIterable {
  case `public`
  case `private`
  case protected
}

/// Where the Space runs; fixed at creation.
public struct Region: OpenName {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static var known: [Region] { PublishedCatalogue.current.regions }
}

/// The Hub's name for where a Space is in its life (facts: hub-api section 3.2). Unknown stages are kept as they come.
public struct Stage: OpenName {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static let noAppFile: Stage = "NO_APP_FILE"
  public static let configError: Stage = "CONFIG_ERROR"
  public static let building: Stage = "BUILDING"
  public static let buildError: Stage = "BUILD_ERROR"
  public static let appStarting: Stage = "APP_STARTING"
  public static let running: Stage = "RUNNING"
  public static let runningBuilding: Stage = "RUNNING_BUILDING"
  public static let runningAppStarting: Stage = "RUNNING_APP_STARTING"
  public static let runtimeError: Stage = "RUNTIME_ERROR"
  public static let stopped: Stage = "STOPPED"
  public static let sleeping: Stage = "SLEEPING"
  public static let paused: Stage = "PAUSED"
  public static let deleting: Stage = "DELETING"

  /// The stage will change by itself.
  public var isTransitional: Bool {
    [.building, .appStarting, .runningBuilding, .runningAppStarting].contains(self)
  }

  /// The Space does not serve and will not without a change. `NO_APP_FILE` counts only where files are managed.
  public var isError: Bool { [.configError, .buildError, .runtimeError].contains(self) }
}
