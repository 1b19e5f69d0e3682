import CtyCore
import PluginHost
import TFProtocol

/// A provider behind the protocol: the gRPC methods that Terraform calls.
public struct ProviderServer<P: Provider>: Sendable {
  let provider: P
  let client = ClientBox<P.Client>()
  let calls = CallsUnderWay()
  let log: PluginLog

  public init(_ provider: P, log: PluginLog) {
    self.provider = provider
    self.log = log
  }

  /// The methods by path. Calls that are not here, those of newer protocols among them, are answered as unimplemented.
  public var methods: [String: GRPCMethod] {
    var methods = resourceMethods
    methods["GetProviderSchema"] = .unary { (_: Tfplugin6_GetProviderSchema.Request) in schemas }
    methods["GetMetadata"] = .unary { (_: Tfplugin6_GetMetadata.Request) in metadata }
    methods["GetFunctions"] = .unary { (_: Tfplugin6_GetFunctions.Request) in
      Tfplugin6_GetFunctions.Response.with { $0.functions = provider.functions.mapValues(\.message) }
    }
    methods["ValidateProviderConfig"] = .unary { (request: Tfplugin6_ValidateProviderConfig.Request) in
      let found = diagnostics { try provider.schema.problems(in: request.config, provider.validate) }
      return Tfplugin6_ValidateProviderConfig.Response.with { $0.diagnostics = found.map(\.message) }
    }
    methods["ConfigureProvider"] = .unary { (request: Tfplugin6_ConfigureProvider.Request) in
      await Tfplugin6_ConfigureProvider.Response.with(failures: { $0.diagnostics = $1 }) { _ in
        let config = try CtyValue(request.config, as: provider.schema.type)
        await client.set(try await provider.configure(config, terraformVersion: request.terraformVersion))
      }
    }
    methods["ValidateDataResourceConfig"] = .unary { (request: Tfplugin6_ValidateDataResourceConfig.Request) in
      let found = diagnostics {
        let source = try dataSource(request.typeName)
        return try source.schema.problems(in: request.config, source.validate)
      }
      return Tfplugin6_ValidateDataResourceConfig.Response.with { $0.diagnostics = found.map(\.message) }
    }
    methods["ReadDataSource"] = .unary { (request: Tfplugin6_ReadDataSource.Request) in
      await Tfplugin6_ReadDataSource.Response.with(failures: { $0.diagnostics = $1 }) { response in
        let source = try dataSource(request.typeName)
        let type = source.schema.type
        let config = try CtyValue(request.config, as: type)
        response.state = try await calls.run { try await source.read(config, client.get()).message(as: type) }
      }
    }
    methods["CallFunction"] = .unary { (request: Tfplugin6_CallFunction.Request) in call(request) }
    methods["StopProvider"] = .unary { (_: Tfplugin6_StopProvider.Request) in
      log(.info, "stopping: calls under way are cancelled")
      await calls.cancelAll()
      return Tfplugin6_StopProvider.Response()
    }
    return Dictionary(uniqueKeysWithValues: methods.map { ("/tfplugin6.Provider/\($0.key)", $0.value) })
  }

  private var capabilities: Tfplugin6_ServerCapabilities {
    .with {
      $0.getProviderSchemaOptional = true
      $0.moveResourceState = true
    }
  }

  private var schemas: Tfplugin6_GetProviderSchema.Response {
    .with {
      $0.provider = provider.schema.message
      $0.resourceSchemas = provider.resources.mapValues(\.schema.message)
      $0.dataSourceSchemas = provider.dataSources.mapValues(\.schema.message)
      $0.functions = provider.functions.mapValues(\.message)
      $0.serverCapabilities = capabilities
    }
  }

  private var metadata: Tfplugin6_GetMetadata.Response {
    .with {
      $0.serverCapabilities = capabilities
      $0.resources = provider.resources.keys.sorted().map { name in .with { $0.typeName = name } }
      $0.dataSources = provider.dataSources.keys.sorted().map { name in .with { $0.typeName = name } }
      $0.functions = provider.functions.keys.sorted().map { name in .with { $0.name = name } }
    }
  }

  func diagnostics(_ check: () throws -> [Diagnostic]) -> [Diagnostic] {
    do { return try check() } catch { return ProviderError(wrapping: error).diagnostics }
  }

  private func dataSource(_ name: String) throws(ProviderError) -> any DataSource<P.Client> {
    guard let source = provider.dataSources[name] else { throw ProviderError("There is no data source \(name)") }
    return source
  }

  func resource(_ name: String) throws(ProviderError) -> any Resource<P.Client> {
    guard let resource = provider.resources[name] else { throw ProviderError("There is no resource \(name)") }
    return resource
  }

  private func call(_ request: Tfplugin6_CallFunction.Request) -> Tfplugin6_CallFunction.Response {
    .with { response in
      do {
        guard let function = provider.functions[request.name] else {
          throw ProviderFunction.Failure("there is no function \(request.name)")
        }
        guard request.arguments.count == function.parameters.count else {
          throw ProviderFunction.Failure("\(function.parameters.count) arguments are needed")
        }
        let arguments = try zip(request.arguments, function.parameters).map { try CtyValue($0, as: $1.type) }
        response.result = try function.call(arguments).message(as: function.result)
      } catch let failure as ProviderFunction.Failure {
        response.error = .with {
          $0.text = failure.text
          if let argument = failure.argument { $0.functionArgument = Int64(argument) }
        }
      } catch {
        response.error = .with { $0.text = "\(error)" }
      }
    }
  }
}

extension Schema {
  /// What is wrong with a configuration, by the validators and by the check of the whole.
  func problems(in config: Tfplugin6_DynamicValue, _ whole: (CtyValue) -> [Diagnostic]) throws -> [Diagnostic] {
    let value = try CtyValue(config, as: type)
    return Validation.diagnostics(attributes, value) + whole(value)
  }
}

extension ProviderFunction {
  var message: Tfplugin6_Function {
    .with {
      $0.summary = summary
      $0.description_p = description
      $0.descriptionKind = .markdown
      $0.return = .with { $0.type = result.message }
      $0.parameters = parameters.map { parameter in
        .with {
          $0.name = parameter.name
          $0.type = parameter.type.message
          $0.description_p = parameter.description
          $0.descriptionKind = .markdown
          $0.allowNullValue = parameter.allowsNull
          $0.allowUnknownValues = parameter.allowsUnknown
        }
      }
    }
  }
}
