import HubAPI
import HubSimulator
import SpaceModel

extension WireVolume {
  /// Reads the list of a request's `volumes`.
  static func list(_ value: JSONValue?) throws(Refusal) -> [WireVolume] {
    guard let value, value != .null else { return [] }
    guard let elements = value.arrayValue else { throw .rejected("\"volumes\" must be an array") }
    var result: [WireVolume] = []
    for element in elements {
      guard let kind = element["type"]?.stringValue.flatMap(Volume.Kind.init(rawValue:)),
        let source = element["source"]?.stringValue, let mount = element["mountPath"]?.stringValue
      else { throw .rejected("a volume needs a known \"type\", a \"source\" and a \"mountPath\"") }
      result.append(
        WireVolume(
          Volume(
            kind: kind, source: source, mount: mount, readOnly: element["readOnly"]?.boolValue,
            revision: element["revision"]?.stringValue, path: element["path"]?.stringValue)))
    }
    return result
  }
}
