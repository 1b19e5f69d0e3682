import HTTP
import HubAPI
import Platform
import SpaceModel

extension HubClient {
  /// Reads an answer's JSON. What does not fit is a `.malformedAnswer` that names the call and what was expected.
  func decode<Value: Decodable>(
    _ type: Value.Type, from response: HTTPResponse, _ call: HubCall, expected: String
  ) throws(HubError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: response.body)
    } catch {
      throw malformed(response, call, expected: expected, found: HubClient.reason(error, isEmpty: response.body.isEmpty))
    }
  }

  /// For a write the deed is done: the answer said success, and only its content is wrong.
  func malformed(_ response: HTTPResponse, _ call: HubCall, expected: String, found: String) -> HubError {
    HubError(
      kind: .malformedAnswer, call: call.name, status: response.status,
      message: "expected \(expected), but \(found)", requestID: ErrorAnswer.requestID(response),
      outcomeUnknown: call.effect == .write)
  }

  /// The place and the kind of the fault; never the content, which may be private.
  private static func reason(_ error: any Error, isEmpty: Bool) -> String {
    if isEmpty { return "the answer is empty" }
    guard let error = error as? DecodingError else { return "the answer is not that" }
    switch error {
    case .keyNotFound(let key, let context): return "\"\(key.stringValue)\" is missing\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context): return "a value has another type\(place(context))"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "the answer is not JSON" : "a value cannot be read\(place(context))"
    @unknown default: return "the answer is not that"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    guard !context.codingPath.isEmpty else { return "" }
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    return " at \(ForeignText.plain(path))"
  }
}
