import CtyCore
import Diagnostics
import Hub
import HubAPI
import ProviderKit
import SpaceModel
import State

/// The provider `huggingface`.
public struct HuggingFace: Provider {
  /// Where Terraform looks for it when no other source is named.
  public static let address = "registry.terraform.io/spaceform/huggingface"

  private let environment: [String: String]

  public init(environment: [String: String]) { self.environment = environment }

  public var schema: Schema {
    Schema(
      "Spaces of the Hugging Face Hub.",
      [
        Attribute(
          "endpoint", .string, .optional,
          "The Hub's address. Without it, the environment variable `HF_ENDPOINT`, else `https://huggingface.co`."
        )
        .validated { value in
          do throws(Failure) {
            _ = try HubConfiguration.endpoint(value.stringValue)
            return nil
          } catch { return error.sentence }
        },
        Attribute(
          "token", .string, .optional,
          "An access token. Without it, the environment variable `HF_TOKEN`, else the token that `hf auth login` stored."
        ).sensitive(),
        Attribute(
          "default_owner", .string, .optional, "The user or organisation whose Spaces are meant where no owner is given."),
      ])
  }

  public var resources: [String: any Resource<HubAccess>] {
    [
      "huggingface_space": Space(), "huggingface_space_variable": SpaceVariable(), "huggingface_space_secret": SpaceSecret(),
    ]
  }

  public var dataSources: [String: any DataSource<HubAccess>] {
    [
      "huggingface_whoami": WhoAmI(), "huggingface_space_hardware": SpaceHardware(), "huggingface_space": LiveSpace(),
      "huggingface_spaces": LiveSpaces(),
    ]
  }

  public var functions: [String: ProviderFunction] { ["parse_space_id": parseSpaceID] }

  public func configure(_ config: CtyValue, terraformVersion: String) async throws -> HubAccess {
    for name in ["endpoint", "token"] where config[name].isUnknown {
      return HubAccess(pending: name, owner: config["default_owner"].stringValue)
    }
    do throws(Failure) {
      var environment = environment
      if let endpoint = config["endpoint"].stringValue { environment["HF_ENDPOINT"] = endpoint }
      let token = try AccessToken(config["token"].stringValue ?? "", source: .given("the provider's configuration"))
      let configuration = try HubConfiguration(environment: environment, home: environment["HOME"] ?? "/", token: token)
      let key = environment["SPACEFORM_LOCK_KEY"].flatMap { $0.isEmpty ? nil : $0 }
      return HubAccess(
        HubClient(configuration: configuration), owner: config["default_owner"].stringValue,
        lockKey: try key.map { text throws(Failure) in try LockKey(text) },
        isAnonymous: !configuration.canRead && configuration.bootstrapToken == nil)
    } catch {
      throw ProviderError("The provider cannot be configured", detail: error.sentence)
    }
  }
}

extension Failure {
  /// The failure and its way out in one text.
  var sentence: String { description + "." + (help.map { " " + $0 } ?? "") }
}
