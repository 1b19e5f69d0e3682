import CtyCore
import PluginHost
import ProviderKit

/// A provider whose one function gives back what it is given, whatever that is: with it the real Terraform judges how values are read and
/// written (script/e2e/terraform_values.py).
@main
enum EchoProgram {
  static func main() async {
    let environment = ThisProcess.environment
    let server = ProviderServer(Echo(), log: PluginLog(environment: environment))
    await Plugin(address: "registry.terraform.io/spaceform/echo", methods: server.methods).run()
  }
}

private struct Echo: Provider {
  let schema = Schema("Gives back what it is given.", [])
  let resources: [String: any Resource<Void>] = [:]
  let dataSources: [String: any DataSource<Void>] = [:]
  let functions = [
    "value": ProviderFunction(
      "Gives back its argument", description: "Gives back its argument.",
      parameters: [.init("value", .dynamic, "Anything.", allowsNull: true)], result: .dynamic
    ) { $0[0] }
  ]

  func configure(_ config: CtyValue, terraformVersion: String) async throws {}
}
