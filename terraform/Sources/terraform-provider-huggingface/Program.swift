import HuggingFaceProvider
import PluginHost
import ProviderKit

/// What Terraform starts for `provider "huggingface"`.
@main
enum Program {
  static func main() async {
    let environment = ThisProcess.environment
    let server = ProviderServer(HuggingFace(environment: environment), log: PluginLog(environment: environment))
    await Plugin(address: HuggingFace.address, methods: server.methods).run()
  }
}
