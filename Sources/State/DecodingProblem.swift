/// A decoding error in words: which member, and what it should have been.
enum DecodingProblem {
  static func description(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .typeMismatch(let type, let context):
      return "\(path(context.codingPath)) is not \(name(of: type))"
    case .valueNotFound(let type, let context):
      return "\(path(context.codingPath)) is null where \(name(of: type)) should be"
    case .keyNotFound(let key, let context):
      return context.codingPath.isEmpty
        ? "the member \(key.stringValue) is missing" : "\(path(context.codingPath)) has no member \(key.stringValue)"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it cannot be decoded as JSON" : "\(path(context.codingPath)) cannot be read: \(context.debugDescription)"
    @unknown default: return "it cannot be decoded"
    }
  }

  /// `spaces["acme/chat"].variables.LOG_LEVEL`
  static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else if key.stringValue.utf8.allSatisfy(isPlain), !key.stringValue.isEmpty {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      } else {
        text += "[\"\(key.stringValue)\"]"
      }
    }
    return text.isEmpty ? "the whole value" : text
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Int.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list"
    default: "\(type)".hasPrefix("Dictionary") ? "a table" : "\(type)".hasPrefix("Array") ? "a list" : "what it should be"
    }
  }
}
