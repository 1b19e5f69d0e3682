import HTTP
import Platform
import SpaceModel

/// The words a failed answer carries, ready for a terminal.
struct AnswerText: Sendable {
  /// Header message first, then the body's, without repeats.
  var messages: [String]
  /// The `url` of a 409 to a create.
  var url: String?

  var joined: String { messages.joined(separator: "; ") }

  /// Reads every shape of facts hub-api section 6.1. HTML says nothing to a person in a terminal and is left out.
  init(_ response: HTTPResponse) {
    var words: [String] = []
    if let header = response.headers["x-error-message"] { words.append(header) }
    let type = response.headers["content-type"]?.lowercased() ?? ""
    let body = response.body.prefix(64 * 1024)
    if let value = try? JSONDecoder().decode(JSONValue.self, from: response.body) {
      words += AnswerText.messages(in: value)
      url = value["url"]?.stringValue
    } else if type.hasPrefix("text/plain") || (type.isEmpty && !body.isEmpty) {
      words.append(String(decoding: body, as: UTF8.self))
    }
    messages = []
    for word in words.map(ForeignText.plain) where !word.isEmpty && !AnswerText.isMarkup(word) && !messages.contains(word) {
      messages.append(word)
    }
  }

  private static func messages(in value: JSONValue) -> [String] {
    var words: [String] = []
    switch value["error"] {
    case .string(let text): words.append(text)
    case .array(let elements): words += elements.compactMap(\.stringValue)
    case .object(let members): words += [members["message"]?.stringValue].compactMap { $0 }
    default: break
    }
    if let text = value["error_description"]?.stringValue { words.append(text) }
    for element in value["errors"]?.arrayValue ?? [] {
      if let text = element["message"]?.stringValue ?? element.stringValue { words.append(text) }
    }
    if words.isEmpty, let text = value["message"]?.stringValue { words.append(text) }
    return words
  }

  private static func isMarkup(_ text: String) -> Bool {
    let start = text.prefix(15).lowercased()
    return start.hasPrefix("<!doctype") || start.hasPrefix("<html") || start.hasPrefix("<?xml")
  }
}
