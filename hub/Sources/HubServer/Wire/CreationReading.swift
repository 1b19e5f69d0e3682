import Cryptography
import Foundation
import HubAPI
import HubSimulator
import SpaceModel

extension Creation {
  /// Reads the body of a create or, with `id` given, of a duplicate (facts hub-api sections 2.1 and 2.5). Secret values are
  /// digested here and go no further.
  init(body: JSONValue, id: SpaceID) throws(Refusal) {
    self.init(id: id, sdk: body["sdk"]?.stringValue.map(SDK.init(rawValue:)))
    if let text = body["visibility"]?.stringValue {
      guard let known = Visibility(rawValue: text) else {
        throw .rejected("\"visibility\" must be one of [public, private, protected]")
      }
      if body["private"]?.boolValue != nil { throw .rejected("\"private\" and \"visibility\" exclude each other") }
      visibility = known
    } else if let isPrivate = body["private"]?.boolValue {
      visibility = isPrivate ? .private : .public
    }
    hardware = body["hardware"]?.stringValue.map(Flavour.init(rawValue:))
    if let value = body["sleepTimeSeconds"], value != .null {
      guard let seconds = value.intValue else { throw .rejected("\"sleepTimeSeconds\" must be a number") }
      sleepSeconds = seconds
    }
    variables = try Creation.keys(body["variables"], "variables")
    secrets = try Creation.keys(body["secrets"], "secrets").map { key in
      Key(key: key.key, value: Digest.sha256Hex(Array(key.value.utf8)), note: key.note)
    }
    volumes = try WireVolume.list(body["volumes"])
    region = body["region"]?.stringValue.map(Region.init(rawValue:))
    resourceGroup = body["resourceGroupId"]?.stringValue
    template = body["template"]?.stringValue
    devMode = body["devModeEnabled"]?.boolValue ?? false
    shortDescription = body["short_description"]?.stringValue
    license = body["license"]?.stringValue
    sdkVersion = body["sdkVersion"]?.stringValue
    if let count = shortDescription?.count, count > 60 {
      throw .rejected("\"short_description\" must be at most 60 characters long")
    }
    for file in body["files"]?.arrayValue ?? [] {
      guard let path = file["path"]?.stringValue, let content = file["content"]?.stringValue,
        let bytes = FileContent.bytes(content, encoding: file["encoding"]?.stringValue)
      else { throw .rejected("an initial file needs a \"path\" and a readable \"content\"") }
      files.append((path, bytes))
    }
  }

  private static func keys(_ value: JSONValue?, _ name: String) throws(Refusal) -> [Key] {
    guard let value, value != .null else { return [] }
    guard let elements = value.arrayValue else { throw .rejected("\"\(name)\" must be an array") }
    var keys: [Key] = []
    for element in elements {
      guard let key = element["key"]?.stringValue else { throw .rejected("\"\(name)\" needs a \"key\" in each element") }
      keys.append(
        Key(key: key, value: element["value"]?.stringValue ?? "", note: element["description"]?.stringValue))
    }
    return keys
  }
}

/// A file's bytes as JSON carries them.
enum FileContent {
  /// Nil when base64 was promised and the text is none.
  static func bytes(_ content: String, encoding: String?) -> [UInt8]? {
    guard encoding == "base64" else { return Array(content.utf8) }
    return Data(base64Encoded: content).map(Array.init)
  }
}
