import CtyCore
import TFProtocol

extension Schema {
  var message: Tfplugin6_Schema {
    .with {
      $0.version = Int64(version)
      $0.block = .with {
        $0.version = Int64(version)
        $0.description_p = description
        $0.descriptionKind = .markdown
        $0.attributes = attributes.sorted { $0.name < $1.name }.map(\.message)
      }
    }
  }
}

extension Attribute {
  var message: Tfplugin6_Schema.Attribute {
    .with {
      $0.name = name
      $0.description_p = description
      $0.descriptionKind = .markdown
      $0.sensitive = isSensitive
      $0.writeOnly = isWriteOnly
      switch presence {
      case .required: $0.required = true
      case .optional: $0.optional = true
      case .computed: $0.computed = true
      case .optionalComputed:
        $0.optional = true
        $0.computed = true
      }
      switch kind {
      case .value(let type): $0.type = type.message
      case .nested(let nesting, let attributes):
        $0.nestedType = .with {
          $0.attributes = attributes.sorted { $0.name < $1.name }.map(\.message)
          $0.nesting =
            switch nesting {
            case .single: .single
            case .list: .list
            case .set: .set
            case .map: .map
            }
        }
      }
    }
  }
}
