import SpaceModel

/// JSON Schemas (draft 7) of the two kinds of file, for editors: made from the same declarations as the checks.
public enum DefinitionSchema {
  /// Of `spaceform.yaml`.
  public static var project: JSONValue {
    document(ProjectKeys.table, title: "Spaceform project")
  }

  /// Of a `*.space.yaml`.
  public static var space: JSONValue { document(SpaceKeys.table, title: "Spaceform Space") }

  private static func document(_ table: KeyTable, title: String) -> JSONValue {
    guard case .object(var members) = object(table) else { return .null }
    members["$schema"] = "http://json-schema.org/draft-07/schema#"
    members["title"] = .string(title)
    return .object(members)
  }

  private static func object(_ table: KeyTable) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for key in table.keys {
      guard case .object(var schema) = schema(key.shape) else { continue }
      schema["description"] = .string(key.summary)
      // Only where a whole Space is described: inside `card` and elsewhere the same word is another key.
      if table["sdk"] != nil, let setting = Setting[key.name] { schema["examples"] = .array([setting.example]) }
      properties[key.name] = .object(schema)
    }
    var members: [String: JSONValue] = [
      "type": "object", "additionalProperties": false, "properties": .object(properties),
    ]
    let required = table.required.map { JSONValue.string($0.name) }
    if !required.isEmpty { members["required"] = .array(required) }
    return .object(members)
  }

  private static func schema(_ shape: Shape) -> JSONValue {
    switch shape {
    case .text: ["type": "string", "minLength": 1]
    case .value: ["type": ["string", "number", "boolean"]]
    // An open set: known names are offered, others are not refused.
    case .name(let known): ["type": "string", "minLength": 1, "anyOf": [choice(known), ["type": "string"]]]
    case .choice(let names): choice(names)
    case .span(let allowsNever):
      ["type": "string", "pattern": .string(allowsNever ? "^(never|0*[1-9][0-9]*[smhd])$" : "^0*[1-9][0-9]*[smhd]$")]
    case .flag: ["type": "boolean"]
    case .count(let minimum, let maximum): count(minimum, maximum)
    case .number(let minimum, let maximum): number(minimum, maximum)
    case .identifier: ["type": "string", "pattern": "^[0-9a-fA-F]{24}$"]
    case .address: ["type": "string", "pattern": "^[^/\\s]+/[^/\\s]+$"]
    case .list(let inner): ["type": "array", "items": schema(inner)]
    case .table(let table): object(table)
    case .map(let inner): ["type": "object", "additionalProperties": schema(inner)]
    case .secretSource(let table): secret(table)
    case .either(let shapes): ["anyOf": .array(shapes.map(schema))]
    case .anything: [:]
    }
  }

  private static func choice(_ names: [String]) -> JSONValue { ["enum": .array(names.map(JSONValue.string))] }

  private static func count(_ minimum: Int, _ maximum: Int?) -> JSONValue {
    var members: [String: JSONValue] = ["type": "integer", "minimum": .int(minimum)]
    if let maximum { members["maximum"] = .int(maximum) }
    return .object(members)
  }

  private static func number(_ minimum: Double, _ maximum: Double?) -> JSONValue {
    var members: [String: JSONValue] = ["type": "number", "minimum": .double(minimum)]
    if let maximum { members["maximum"] = .double(maximum) }
    return .object(members)
  }

  private static func secret(_ table: KeyTable) -> JSONValue {
    guard case .object(var members) = object(table) else { return .null }
    members["oneOf"] = [["required": ["env"]], ["required": ["file"]], ["required": ["command"]]]
    return .object(members)
  }
}
