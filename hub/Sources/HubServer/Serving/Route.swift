import HubSimulator
import SpaceModel

/// One entry of the route table.
struct Route: Sendable {
  enum Handler: Sendable {
    /// Answers from the state alone, under the lock.
    case quick(@Sendable (Call, inout Core) throws(Refusal) -> Answer)
    /// Works outside the lock for a while.
    case long(@Sendable (Call, Hub) async throws -> Answer)
  }
  var method: String
  /// Path segments; `{name}` matches one, `{name}.git` one with that ending, a last `{*name}` the rest.
  var pattern: [String]
  /// The short name that fault rules may use.
  var name: String
  var bucket: QuotaLedger.Bucket
  /// Whether the state may be another one afterwards.
  var writes: Bool
  /// The body is a file's bytes: it goes to disk as it comes, whatever its size.
  var takesFile: Bool
  var handler: Handler

  init(
    _ method: String, _ path: String, _ name: String, bucket: QuotaLedger.Bucket = .api, writes: Bool? = nil,
    takesFile: Bool = false, _ handler: Handler
  ) {
    self.method = method
    self.takesFile = takesFile
    pattern = path.split(separator: "/").map(String.init)
    self.name = name
    self.bucket = bucket
    self.writes = writes ?? (method != "GET")
    self.handler = handler
  }

  /// The parameters of a path that matches, nil when it does not.
  func match(_ segments: [String]) -> [String: String]? {
    var parameters: [String: String] = [:]
    for (index, part) in pattern.enumerated() {
      if part.hasPrefix("{*") {
        parameters[String(part.dropFirst(2).dropLast())] = segments.dropFirst(index).joined(separator: "/")
        return segments.count > index ? parameters : nil
      }
      guard index < segments.count else { return nil }
      if part.hasSuffix("}.git") {
        guard segments[index].hasSuffix(".git") else { return nil }
        parameters[String(part.dropFirst().dropLast(5))] = String(segments[index].dropLast(4))
      } else if part.hasPrefix("{") {
        parameters[String(part.dropFirst().dropLast())] = segments[index]
      } else if part != segments[index] {
        return nil
      }
    }
    return segments.count == pattern.count ? parameters : nil
  }
}

/// All routes, those with fixed words before those with parameters at the same place.
struct RouteTable: Sendable {
  private let routes: [Route]

  static let all = RouteTable(
    routes: Routes.catalogue + Routes.identity + Routes.repository + Routes.listing + Routes.runtime + Routes.keys
      + Routes.content + Routes.largeFiles + Routes.largeObjects + Routes.gate + Routes.likes + Routes.references + Routes.logs
      + Routes.administration)

  /// The route of a request, with its parameters; nil when there is none.
  func find(_ method: String, _ segments: [String]) -> (route: Route, parameters: [String: String])? {
    let wanted = method == "HEAD" ? "GET" : method
    for route in routes where route.method == wanted {
      if let parameters = route.match(segments) { return (route, parameters) }
    }
    return nil
  }
}

/// The route table's chapters; each file adds one.
enum Routes {}
