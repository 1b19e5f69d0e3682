import CtyCore

/// A provider: its configuration, and everything it offers by name.
public protocol Provider: Sendable {
  associatedtype Client: Sendable

  var schema: Schema { get }
  var resources: [String: any Resource<Client>] { get }
  var dataSources: [String: any DataSource<Client>] { get }
  var functions: [String: ProviderFunction] { get }

  func validate(_ config: CtyValue) -> [Diagnostic]

  /// Makes the client. Values that come from resources are unknown while planning: that is no error here.
  func configure(_ config: CtyValue, terraformVersion: String) async throws -> Client
}

extension Provider {
  public var functions: [String: ProviderFunction] { [:] }
  public func validate(_ config: CtyValue) -> [Diagnostic] { [] }
}
