import CtyCore

/// What the validators of a schema say about a configuration.
enum Validation {
  static func diagnostics(_ attributes: [Attribute], _ config: CtyValue, at path: CtyPath = CtyPath()) -> [Diagnostic] {
    attributes.flatMap { attribute -> [Diagnostic] in
      let value = config[attribute.name]
      let place = path.attribute(attribute.name)
      guard !value.isNull, !value.isUnknown else { return [] }
      var found: [Diagnostic] = []
      if value.isWhollyKnown {
        found = attribute.validators.compactMap { $0(value) }.map {
          .error("Invalid value of \(place)", detail: $0, path: place)
        }
      }
      if case .nested(let nesting, let inner) = attribute.kind {
        switch (nesting, value) {
        case (.single, .fields): found += diagnostics(inner, value, at: place)
        case (.map, .fields(let values)):
          for key in values.keys.sorted() { found += diagnostics(inner, value[key], at: place.key(key)) }
        case (.list, .sequence(let values)):
          for (index, element) in values.enumerated() { found += diagnostics(inner, element, at: place.index(index)) }
        case (.set, .sequence(let values)):
          // An element of a set has no path of its own.
          for element in values {
            found += diagnostics(inner, element, at: place).map { .error($0.summary, detail: $0.detail, path: place) }
          }
        default: break
        }
      }
      return found
    }
  }
}
