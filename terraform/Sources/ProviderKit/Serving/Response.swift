import SwiftProtobuf
import TFProtocol

extension Message {
  /// A response that work fills in; what the work throws becomes its diagnostics.
  static func with(
    failures put: (inout Self, [Tfplugin6_Diagnostic]) -> Void, _ work: (inout Self) async throws -> Void
  ) async -> Self {
    var response = Self()
    do { try await work(&response) } catch { put(&response, ProviderError(wrapping: error).diagnostics.map(\.message)) }
    return response
  }
}
