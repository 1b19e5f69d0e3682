import CtyCore
import PluginHost
import TFProtocol

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension CtyType {
  var message: Data { Data(json.utf8) }
}

extension CtyValue {
  /// Reads what Terraform sent; nothing sent means null.
  init(_ message: Tfplugin6_DynamicValue, as type: CtyType) throws(CtyError) {
    if !message.msgpack.isEmpty {
      try self.init(decoding: Array(message.msgpack), as: type)
    } else if !message.json.isEmpty {
      try self.init(json: JSONReader.read(Array(message.json)), type: type)
    } else {
      self = .null
    }
  }

  func message(as type: CtyType) throws(CtyError) -> Tfplugin6_DynamicValue {
    let bytes = try encoded(as: type)
    return .with { $0.msgpack = Data(bytes) }
  }
}

extension CtyPath {
  var message: Tfplugin6_AttributePath {
    .with {
      $0.steps = steps.map { step in
        .with {
          switch step {
          case .attribute(let name): $0.attributeName = name
          case .key(let key): $0.elementKeyString = key
          case .index(let index): $0.elementKeyInt = Int64(index)
          }
        }
      }
    }
  }
}

extension Diagnostic {
  var message: Tfplugin6_Diagnostic {
    .with {
      $0.severity = severity == .error ? .error : .warning
      $0.summary = summary
      $0.detail = detail
      if let path { $0.attribute = path.message }
    }
  }
}

extension ProviderError {
  /// Any error as diagnostics: gRPC's own errors have no place and read as a defect of the provider.
  init(wrapping error: any Error) {
    switch error {
    case let error as ProviderError: self = error
    case is CancellationError: self.init("Cancelled", detail: "Terraform asked the provider to stop.")
    case let error as CtyError: self.init("A value could not be read or written", detail: error.description)
    default: self.init("The provider failed", detail: "\(error)")
    }
  }
}
