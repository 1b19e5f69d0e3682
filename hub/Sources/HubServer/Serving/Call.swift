import Foundation
import HubSimulator
import SpaceModel

/// One request, its head taken apart and its body read.
struct Call: Sendable {
  var method: String
  /// As it came, without the query.
  var path: String
  /// As it came.
  var query: String
  /// Of the path, percent-decoded one by one, so that `refs%2Fpr%2F1` stays one.
  var segments: [String]
  /// What the route's parameters matched.
  var parameters: [String: String] = [:]
  /// Lower-case names.
  var headers: [String: String]
  var body: [UInt8] = []
  /// The body of a call that stores a file; `body` is empty then.
  var received: ReceivedBody?
  var caller = Caller.anonymous
  /// The simulated world's time.
  var now: Timestamp
  /// `http://127.0.0.1:7780`: where the caller reached us.
  var endpoint: String
  var requestID = ""

  /// Query items in order, names with `[]` taken as without.
  var items: [(name: String, value: String)] { Form.items(query) }

  func item(_ name: String) -> String? { items.first { $0.name == name }?.value }
  func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
  func flag(_ name: String) -> Bool { ["true", "1", "True"].contains(item(name) ?? "") }

  subscript(parameter: String) -> String { parameters[parameter] ?? "" }

  /// The Space the path names.
  func space() throws(Refusal) -> SpaceID {
    guard let id = SpaceID(owner: self["owner"], name: self["name"]) else { throw .repositoryNotFound(caller) }
    return id
  }

  /// The Space the call is about: in the path, or in the body of a create, a move or a delete; nil when there is none.
  var subject: SpaceID? {
    if let id = SpaceID(owner: self["owner"], name: self["name"]) { return id }
    guard let body = try? json() else { return nil }
    if let from = body["fromRepo"]?.stringValue { return SpaceID(from) }
    guard let name = body["name"]?.stringValue, let owner = body["organization"]?.stringValue ?? caller.account else {
      return nil
    }
    return SpaceID(owner: owner, name: name)
  }

  /// The body as a JSON object; an empty body is an empty object.
  func json() throws(Refusal) -> JSONValue {
    if body.isEmpty { return .object([:]) }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(body)), value.objectValue != nil else {
      throw .rejected("The request's body is not a JSON object")
    }
    return value
  }

  /// The token of the `Authorization` header, if there is one.
  func token() throws(Refusal) -> String? {
    guard let header = headers["authorization"], !header.isEmpty else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .badToken }
    return String(parts[1])
  }
}

/// `application/x-www-form-urlencoded`, as queries and some bodies are written.
enum Form {
  static func items(_ text: String) -> [(name: String, value: String)] {
    text.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = decoded(parts[0], plusIsSpace: true)
      if name.hasSuffix("[]") { name.removeLast(2) }
      return (name, parts.count > 1 ? decoded(parts[1], plusIsSpace: true) : "")
    }
  }

  static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var index = text.utf8.startIndex
    while index < text.utf8.endIndex {
      let byte = text.utf8[index]
      let next = text.utf8.index(after: index)
      if byte == UInt8(ascii: "%"), let end = text.utf8.index(next, offsetBy: 2, limitedBy: text.utf8.endIndex),
        let value = UInt8(text[next..<end], radix: 16)
      {
        bytes.append(value)
        index = end
        continue
      }
      bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      index = next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Percent-encodes everything but letters, digits and `-._~`.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 65...90, 97...122, 48...57, 45, 46, 95, 126: result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
