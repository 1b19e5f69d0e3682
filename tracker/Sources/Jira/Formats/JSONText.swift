import SpaceModel

/// JSON put together from texts that are JSON already: for files of many thousand objects, of which none is needed as a value.
enum JSONText {
  static func string(_ text: String) -> String { JSONValue.string(text).canonicalText }

  static func strings(_ texts: [String]) -> String { array(texts.map(string)) }

  static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

  /// Members without a value are left out.
  static func object(_ members: KeyValuePairs<String, String?>) -> String {
    var text = "{"
    for (key, value) in members {
      guard let value else { continue }
      if text.utf8.count > 1 { text += "," }
      text += "\"\(key)\":\(value)"
    }
    return text + "}"
  }
}
