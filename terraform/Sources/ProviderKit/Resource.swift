import CtyCore

/// A resource as Terraform stores it.
public struct StoredState: Hashable, Sendable {
  public var value: CtyValue
  /// What the resource remembers beside its state: Terraform keeps it, shows it to nobody and lets nothing refer to it. Empty for an
  /// object that was just imported. No secret may be in it, for it stands in the state as plain text.
  public var privateData: [UInt8]
  /// Worth saying, whatever else comes of the call.
  public var warnings: [Diagnostic]

  public init(_ value: CtyValue, privateData: [UInt8] = [], warnings: [Diagnostic] = []) {
    self.value = value
    self.privateData = privateData
    self.warnings = warnings
  }
}

/// A resource of another type or of another provider, as its own provider stored it.
public struct ForeignState: Sendable {
  /// The whole address of the provider, `registry.terraform.io/acme/hub`.
  public var provider: String
  public var type: String
  /// The version of that type's schema.
  public var version: Int
  /// What is stored; its form is the other provider's.
  public var value: JSONValue

  public init(provider: String, type: String, version: Int = 0, value: JSONValue) {
    self.provider = provider
    self.type = type
    self.version = version
    self.value = value
  }

  /// The text of an attribute at the top; nil when there is none, or it is no text, or empty.
  public func text(_ attribute: String) -> String? {
    guard case .object(let members) = value, case .string(let text)? = members[attribute], !text.isEmpty else { return nil }
    return text
  }
}

/// A resource type. `Client` is what the provider's configuration yields.
public protocol Resource<Client>: Sendable {
  associatedtype Client: Sendable

  var schema: Schema { get }

  /// Checks a configuration, which may hold unknown values anywhere; runs without a client.
  func validate(_ config: CtyValue) -> [Diagnostic]

  /// Changes the plan that the schema alone leads to, above all to fill in what is known already. It must come to the same
  /// result each time: Terraform plans again when it applies.
  func refine(_ plan: inout ResourcePlan, _ client: Client) throws

  /// What exists; nil when it is gone. Values that cannot be read back are kept from the state.
  func read(_ state: StoredState, _ client: Client) async throws -> StoredState?

  /// Makes the object. Every unknown value of the plan is to be filled in; write-only values are in `config` alone.
  func create(_ plan: CtyValue, config: CtyValue, _ client: Client) async throws -> StoredState
  func update(_ prior: StoredState, to plan: CtyValue, config: CtyValue, _ client: Client) async throws -> StoredState
  func delete(_ prior: StoredState, _ client: Client) async throws

  /// The least state by which ``read(_:_:)`` finds the object of this import id.
  func importState(_ id: String) throws -> CtyValue

  /// The least state by which ``read(_:_:)`` finds the object that a `moved` block brings here from a resource of another type.
  /// It runs without a client. By default nothing can be moved here.
  func move(_ state: ForeignState) throws -> CtyValue

  /// State that an older version stored, in today's form; only called for versions before ``Schema/version``.
  func upgrade(_ state: JSONValue, from version: Int) throws -> CtyValue
}

extension Resource {
  public func validate(_ config: CtyValue) -> [Diagnostic] { [] }
  public func refine(_ plan: inout ResourcePlan, _ client: Client) throws {}
  public func move(_ state: ForeignState) throws -> CtyValue {
    throw ProviderError(
      "This resource cannot be moved", detail: "Nothing can become this resource from \(state.type). Import the object instead."
    )
  }
  public func upgrade(_ state: JSONValue, from version: Int) throws -> CtyValue {
    throw ProviderError("This state is too old", detail: "Nothing is known about version \(version) of this resource.")
  }
}

/// A resource that needs to know nothing beyond its state.
public protocol PlainResource<Client>: Resource {
  func refine(_ plan: inout ResourcePlan)
  func read(_ state: CtyValue, _ client: Client) async throws -> CtyValue?
  func create(_ plan: CtyValue, config: CtyValue, _ client: Client) async throws -> CtyValue
  func update(_ prior: CtyValue, to plan: CtyValue, config: CtyValue, _ client: Client) async throws -> CtyValue
  func delete(_ prior: CtyValue, _ client: Client) async throws
}

extension PlainResource {
  public func refine(_ plan: inout ResourcePlan) {}
  public func refine(_ plan: inout ResourcePlan, _ client: Client) { refine(&plan) }
  public func read(_ state: StoredState, _ client: Client) async throws -> StoredState? {
    try await read(state.value, client).map { StoredState($0, privateData: state.privateData) }
  }
  public func create(_ plan: CtyValue, config: CtyValue, _ client: Client) async throws -> StoredState {
    StoredState(try await create(plan, config: config, client))
  }
  public func update(
    _ prior: StoredState, to plan: CtyValue, config: CtyValue, _ client: Client
  ) async throws -> StoredState {
    StoredState(try await update(prior.value, to: plan, config: config, client), privateData: prior.privateData)
  }
  public func delete(_ prior: StoredState, _ client: Client) async throws { try await delete(prior.value, client) }
}

/// A data source.
public protocol DataSource<Client>: Sendable {
  associatedtype Client: Sendable
  var schema: Schema { get }
  func validate(_ config: CtyValue) -> [Diagnostic]
  /// The whole state: what the configuration says, and every computed attribute.
  func read(_ config: CtyValue, _ client: Client) async throws -> CtyValue
}

extension DataSource {
  public func validate(_ config: CtyValue) -> [Diagnostic] { [] }
}

/// A function that configuration can call. It is pure and runs without a client.
public struct ProviderFunction: Sendable {
  public struct Parameter: Sendable {
    public var name: String
    public var type: CtyType
    public var description: String
    public var allowsNull = false
    public var allowsUnknown = false

    public init(
      _ name: String, _ type: CtyType, _ description: String, allowsNull: Bool = false, allowsUnknown: Bool = false
    ) {
      self.name = name
      self.type = type
      self.description = description
      self.allowsNull = allowsNull
      self.allowsUnknown = allowsUnknown
    }
  }

  /// Why a call failed, and the argument it is about, counted from 0.
  public struct Failure: Error, Hashable, Sendable {
    public var text: String
    public var argument: Int?

    public init(_ text: String, argument: Int? = nil) {
      self.text = text
      self.argument = argument
    }
  }

  public var summary: String
  public var description: String
  public var parameters: [Parameter]
  public var result: CtyType
  public var call: @Sendable ([CtyValue]) throws -> CtyValue

  public init(
    _ summary: String, description: String, parameters: [Parameter], result: CtyType,
    call: @escaping @Sendable ([CtyValue]) throws -> CtyValue
  ) {
    self.summary = summary
    self.description = description
    self.parameters = parameters
    self.result = result
    self.call = call
  }
}
